using CsCheck;
using FloorMonitor.Core.Metrics;

namespace FloorMonitor.Core.Tests.Metrics;

public sealed class ErlangCTests
{
    // The loss tables of the ITU's Teletraffic Engineering Handbook (2005): the load at which one call in a hundred is lost.
    [Theory]
    [InlineData(1, 0.0101)]
    [InlineData(2, 0.153)]
    [InlineData(5, 1.36)]
    [InlineData(10, 4.46)]
    [InlineData(20, 12.0)]
    [InlineData(50, 37.9)]
    [InlineData(100, 84.1)]
    [InlineData(200, 179.7)]
    public void The_loss_formula_agrees_with_the_published_table(int agents, double load) =>
        Assert.Equal(0.01, ErlangC.LossProbability(load, agents), 0.0003);

    // Exact rationals by hand; 10/7 and 8/5 are of the tables in the books of Cooper and of Koole.
    [Theory]
    [InlineData(1, 0.5, 0.5)]
    [InlineData(2, 1, 1.0 / 3)]
    [InlineData(3, 2, 4.0 / 9)]
    [InlineData(4, 3, 0.5094)]
    [InlineData(5, 4, 0.5541)]
    [InlineData(8, 5, 0.1673)]
    [InlineData(10, 7, 0.2217)]
    [InlineData(10, 8, 0.4092)]
    public void The_delay_formula_agrees_with_the_published_values(int agents, double load, double waits) =>
        Assert.Equal(waits, ErlangC.WaitProbability(load, agents), 0.0001);

    // The worked example of every Erlang C primer (Mitan 2001): 720 calls an hour of 240 s, 55 agents.
    [Fact]
    public void The_worked_example_of_the_primers_comes_out_as_printed()
    {
        var (handle, within) = (TimeSpan.FromSeconds(240), TimeSpan.FromSeconds(15));
        var load = ErlangC.Load(720, TimeSpan.FromHours(1), handle);
        Assert.Equal(48.0, load, 9);
        Assert.Equal(0.239, ErlangC.WaitProbability(load, 55), 0.0005);
        // Printed as 84.5 %, from the rounded 23.9 %.
        Assert.Equal(0.845, ErlangC.ServiceLevel(load, 55, handle, within), 0.001);
        Assert.Equal(8.2, ErlangC.AverageWait(load, 55, handle)!.Value.TotalSeconds, 0.05);
    }

    [Fact]
    public void Those_needed_reach_the_level_and_one_fewer_does_not() =>
        Gen.Select(Gen.Double[0.01, 900], Gen.Int[10, 1200], Gen.Int[0, 120], Gen.Double[0.05, 0.99]).Sample(static (load, handle, within, target) =>
        {
            var (aht, wait) = (TimeSpan.FromSeconds(handle), TimeSpan.FromSeconds(within));
            var needed = ErlangC.AgentsNeeded(load, aht, wait, target);
            Assert.True(ErlangC.ServiceLevel(load, needed, aht, wait) >= target);
            Assert.True(ErlangC.ServiceLevel(load, needed - 1, aht, wait) < target);
            Assert.True(needed > load);
        });

    [Fact]
    public void It_stays_a_probability_for_any_size() => Gen.Select(Gen.Double[0, 5_000], Gen.Int[0, 5_200]).Sample(static (load, agents) =>
    {
        Assert.InRange(ErlangC.LossProbability(load, agents), 0, 1);
        Assert.InRange(ErlangC.WaitProbability(load, agents), 0, 1);
        Assert.InRange(ErlangC.ServiceLevel(load, agents, TimeSpan.FromSeconds(180), TimeSpan.FromSeconds(20)), 0, 1);
    }, iter: 200);

    [Fact]
    public void More_agents_never_serve_worse() => Gen.Select(Gen.Double[0.1, 400], Gen.Int[1, 450]).Sample(static (load, agents) =>
        Assert.True(Level(load, agents + 1) >= Level(load, agents) - 1e-12), iter: 500);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1e9, ErlangC.MostAgents)]
    public void Nothing_needs_nobody_and_nonsense_is_bounded(double load, int agents) =>
        Assert.Equal(agents, ErlangC.AgentsNeeded(load, TimeSpan.FromMinutes(3), TimeSpan.FromSeconds(20), 0.8));

    [Fact]
    public void As_many_agents_as_erlangs_only_let_the_queue_grow()
    {
        Assert.Equal((1.0, 0.0), (ErlangC.WaitProbability(10, 10), Level(10, 10)));
        Assert.Null(ErlangC.AverageWait(10, 10, TimeSpan.FromMinutes(3)));
    }

    private static double Level(double load, int agents) => ErlangC.ServiceLevel(load, agents, TimeSpan.FromSeconds(180), TimeSpan.FromSeconds(20));
}
