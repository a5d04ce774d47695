using FloorMonitor.Pbx.Simulated;
using Microsoft.Extensions.Time.Testing;

namespace FloorMonitor.Pbx.Tests.Simulated;

/// <summary>Floors of any size, and as busy as asked for.</summary>
public sealed class SimulatedLoadTests
{
    [Theory]
    [InlineData(200, 10, 100)]
    [InlineData(1000, 20, 500)]
    public async Task A_load_plan_brings_about_the_queue_events_asked_for(int agents, int queues, double perSecond)
    {
        var plan = FloorPlan.Load(7, agents, queues, perSecond);
        await using var pbx = new SimulatedPbx(plan, SmallFloor.Stepped, new FakeTimeProvider(SmallFloor.Start));
        pbx.Step(plan.WarmUp);
        var told = 0;
        pbx.Do(it => it.Voice.Listener = @event => told += @event.Class == EventClass.Agent ? 1 : 0);
        pbx.Step(TimeSpan.FromSeconds(60));
        Assert.InRange(told / 60.0, perSecond * 0.8, perSecond * 1.2);
        Assert.InRange(pbx.Do(it => it.QueueList.Sum(queue => queue.Waiting.Count)), 0, agents / 2);
    }

    [Theory]
    [InlineData(10, 1)]
    [InlineData(300, 12)]
    [InlineData(5000, 200)]
    public async Task A_floor_of_any_size_signs_in_and_works(int agents, int queues)
    {
        var plan = FloorPlan.OfSize(3, agents, queues, agents * 8.0) with { WarmUp = TimeSpan.FromMinutes(10) };
        await using var pbx = new SimulatedPbx(plan, SmallFloor.Stepped, new FakeTimeProvider(SmallFloor.Start));
        pbx.Step(plan.WarmUp);
        var (signedIn, completed) = pbx.Do(it => (it.QueueList.SelectMany(queue => queue.Members).Select(member => member.Device.Address).Distinct().Count(), it.QueueList.Sum(queue => queue.Completed)));
        Assert.InRange(signedIn, agents * 0.7, agents);
        Assert.InRange(completed, 1, agents * 8.0);
    }
}
