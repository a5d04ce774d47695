using CsCheck;
using FloorMonitor.Core.Floor;

namespace FloorMonitor.Core.Tests.Floor;

/// <summary>Properties over random floors: plausible ones with gaps and restarts, and hostile ones.</summary>
public sealed class FoldPropertyTests
{
    private const int Runs = 40;
    private static readonly Gen<int> Seeds = Gen.Int[0, int.MaxValue - 1];
    private static readonly RandomFloorShape[] Shapes =
    [
        new(), new(Gaps: false), new(Switches: 2), new(Switches: 2, Hostile: true), new(Hostile: true, Steps: 250),
        new(Watched: true), new(Switches: 2, Watched: true, Hostile: true),
    ];

    public static TheoryData<int> EveryShape => new(Enumerable.Range(0, Shapes.Length));

    [Theory]
    [MemberData(nameof(EveryShape))]
    public void An_event_folded_twice_is_folded_once(int shape) => OnEvery(shape, static floor =>
    {
        var state = FloorState.Empty;
        foreach (var e in floor.Journal)
        {
            var next = FloorFold.Apply(state, e);
            Assert.True(next.Version == state.Version + 1 || (next.Version == state.Version && next.Equals(state)), $"version after {e}");
            var again = FloorFold.Apply(next, e);
            Assert.True(ReferenceEquals(next, again), $"folded again, {e} changed:\n{Difference.Of(next, again)}");
            state = next;
        }
    });

    [Theory]
    [MemberData(nameof(EveryShape))]
    public void What_holds_of_every_floor_holds_after_every_event(int shape) => OnEvery(shape, static floor =>
    {
        foreach (var state in RandomFloor.Fold(floor.Journal)) FloorInvariants.Hold(state);
    });

    [Theory]
    [MemberData(nameof(EveryShape))]
    public void A_difference_leads_from_any_state_to_any_later_one(int shape) => OnEvery(shape, static floor =>
    {
        var states = RandomFloor.Fold(floor.Journal).ToList();
        var random = new Random(floor.Journal.Count);
        for (var i = 0; i < 20; i++)
        {
            var (one, other) = (states[random.Next(states.Count)], states[random.Next(states.Count)]);
            Assert.Equal(other, FloorDelta.Apply(one, FloorDelta.Between(one, other)));
        }
    });

    [Theory]
    [MemberData(nameof(EveryShape))]
    public void The_same_journal_folds_to_the_same_state(int shape) => OnEvery(shape, static floor =>
        Assert.Equal(RandomFloor.Fold(floor.Journal).Last(), RandomFloor.Fold(floor.Journal.Select(Copy)).Last()));

    [Fact]
    public void When_the_clock_ticks_changes_nothing_but_the_version() => Seeds.Sample(seed =>
    {
        var floor = RandomFloor.Play(seed, new(Switches: 2, Gaps: false, Ticks: false));
        var random = new Random(seed);
        var ticked = new List<FloorEvent>();
        for (var i = 0; i < floor.Journal.Count; i++)
        {
            ticked.Add(floor.Journal[i]);
            if (i + 1 == floor.Journal.Count) break;
            var gap = floor.Journal[i + 1].At - floor.Journal[i].At;
            for (var at = random.NextDouble(); at < 1; at += random.NextDouble()) ticked.Add(new Tick(floor.Journal[i].At + (gap * at)));
        }

        var (plain, often) = (RandomFloor.Fold(floor.Journal).Last(), RandomFloor.Fold(ticked).Last());
        Assert.Equal(plain, often with { Version = plain.Version, At = plain.At });
    }, iter: Runs);

    private static void OnEvery(int shape, Action<RandomFloor> check) =>
        Seeds.Sample(seed => check(RandomFloor.Play(seed, Shapes[shape])), iter: Runs);

    private static FloorEvent Copy(FloorEvent e) => e with { Source = new string(e.Source.AsSpan()) };
}
