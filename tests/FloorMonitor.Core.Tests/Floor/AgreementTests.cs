using CsCheck;
using FloorMonitor.Core.Floor;

namespace FloorMonitor.Core.Tests.Floor;

/// <summary>What is folded is what the switch holds: at every moment of random days, through gaps, restarts and late events.</summary>
public sealed class AgreementTests
{
    private static readonly Gen<int> Seeds = Gen.Int[0, int.MaxValue - 1];

    [Fact]
    public void The_floor_agrees_with_the_switch_at_every_checkpoint() => Seeds.Sample(AgreesThroughout, iter: 120);

    [Theory]
    [InlineData(40327104)]
    public void A_ring_that_an_undecided_leave_stopped_rings_on_when_the_phone_says_so(int seed) => AgreesThroughout(seed);

    // Asked after every step of the switch, with everything of it told. Between the events of one step it cannot be asked: the switch
    // does several things at one instant and has words for one at a time (who answers has left the queue, and the phone is up), so
    // until the last of them it knows more than anybody can.
    private static void AgreesThroughout(int seed)
    {
        var floor = RandomFloor.Play(seed, new(Steps: 200));
        var states = RandomFloor.Fold(floor.Journal).ToList();
        var seen = TalksInSight(floor.Journal, states);
        foreach (var (events, truth) in floor.Checkpoints)
        {
            var where = $"seed {seed}, event {events}: {floor.Journal[events - 1]}";
            // At once, but for what the floor itself calls unsettled; and all of it when that is over. A caller who left without a reason
            // is decided first, and the phone that rang for that caller settles after it.
            var settled = states[events];
            foreach (var (feed, snapshot) in truth) Agrees(settled, feed, snapshot, seen, agent => !IsUnsettled(states[events], agent), where);
            for (var i = 1; i <= 2; i++) settled = FloorFold.Apply(settled, new Tick(floor.Journal[events - 1].At + TimeSpan.FromSeconds(2 * i)));
            foreach (var (feed, snapshot) in truth) Agrees(settled, feed, snapshot, seen, _ => true, "settled, " + where);
        }
    }

    // The phone may echo a call that is over, or ring for a caller who left for a reason that is still to come.
    private static bool IsUnsettled(FloorState state, Agent agent) => agent.PhoneSettlesAt is not null
        || (agent.Call is { Answered: false } ring && state.Queues.Values.Any(queue => queue.Leaving.ToArrayForTest().Any(left => left.Caller.Call == ring.Id)));

    // Whom the floor did not know when their call was told (in no file, and in no queue any more), their phone's state tells of later,
    // but not which call it is.
    private static HashSet<(string Agent, string Call)> TalksInSight(IReadOnlyList<FloorEvent> journal, List<FloorState> states)
    {
        var seen = new HashSet<(string Agent, string Call)>();
        foreach (var (index, e) in journal.Index())
        {
            if (e is CallAnswered answered) Add(answered.Agent, answered.Call);
            if (e is FeedSynced synced)
                foreach (var call in synced.Snapshot.Calls) Add(call.Agent, call.Call);
            void Add(string agent, string call)
            {
                if (states[index + 1].Agents.ContainsKey(agent)) seen.Add((agent, call));
            }
        }

        return seen;
    }

    [Fact]
    public void Two_switches_do_not_disturb_each_other() => Seeds.Sample(static seed =>
    {
        var floor = RandomFloor.Play(seed, new(Switches: 2));
        var states = RandomFloor.Fold(floor.Journal).ToList();
        foreach (var (events, truth) in floor.Checkpoints)
            foreach (var (feed, snapshot) in truth) Memberships(states[events], feed, snapshot);
    }, iter: 50);

    [Fact]
    public void In_sight_every_call_is_counted_exactly_once() => Seeds.Sample(EveryCallIsCountedOnce, iter: 60);

    [Theory]
    [InlineData(1443764191)]
    [InlineData(317067306)]
    public void The_end_of_a_call_that_was_never_in_sight_is_counted_for_nobody(int seed) => EveryCallIsCountedOnce(seed);

    private static void EveryCallIsCountedOnce(int seed)
    {
        var floor = RandomFloor.Play(seed, new(Steps: 300, Gaps: false, Held: false));
        var states = RandomFloor.Fold(floor.Journal).ToList();
        var state = states[^1];
        // Whose member was gone before the first sight is nobody that the floor knows, and the nameless end of a call that nobody saw
        // cannot be told from one that was counted before.
        var ends = floor.Journal.Index().Where(one => one.Item is CallCompleted).Select(one => (End: (CallCompleted)one.Item, Before: states[one.Index]))
            .Where(one => one.Before.Agents.TryGetValue(one.End.Agent, out var agent) && (one.End.Call is not null || WasSeenOnACall(agent, one.End)))
            .Select(one => one.End)
            .ToList();
        var waiting = floor.Journal.OfType<FeedSynced>().Single().Snapshot.Callers.ToArrayForTest();
        foreach (var (name, queue) in state.Queues)
        {
            int Count<T>(Func<T, string> queueOf) => floor.Journal.OfType<T>().Count(e => queueOf(e) == name);
            var (answered, abandoned) = (Count<CallAnswered>(e => e.Queue), Count<CallerAbandoned>(e => e.Queue));
            var left = Count<CallerLeft>(e => e.Queue) - answered - abandoned;
            var offered = Count<CallerJoined>(e => e.Queue) + waiting.Count(caller => caller.Queue == name);
            var counters = queue.Counters;
            Assert.Equal((offered, answered, abandoned, left), (counters.Offered, counters.Answered, counters.Abandoned, counters.LeftOtherwise));
            Assert.Equal(ends.Count(end => end.Queue == name), counters.Handled);
            Assert.Equal(offered, answered + abandoned + left + queue.Waiting.Count);
            Assert.Equal(0, counters.Missed);
            Assert.Equal(ends.Where(end => end.Queue == name).Aggregate(TimeSpan.Zero, (sum, end) => sum + end.Talked), counters.Talked);
        }
    }

    private static bool WasSeenOnACall(Agent agent, CallCompleted end) =>
        (agent.Call is { Answered: true } call && call.Queue == end.Queue) || (agent.LastCall is { Counted: false } last && last.Queue == end.Queue);

    private static void Agrees(
        FloorState state, string feed, FeedSnapshot truth, HashSet<(string Agent, string Call)> seen, Func<Agent, bool> asked, string where)
    {
        Memberships(state, feed, truth);
        var waiting = state.Queues.Values.SelectMany(queue => queue.Waiting.ToArrayForTest(), (queue, caller) => (queue.Name, caller.Call));
        Assert.Equal(truth.Callers.ToArrayForTest().Select(caller => (caller.Queue, caller.Call)).Order(), waiting.Order());
        foreach (var (id, agent) in state.Agents)
        {
            if (!asked(agent)) continue;
            var members = truth.Members.ToArrayForTest().Where(member => member.Agent == id).ToList();
            Assert.True(Expected(members).Contains(agent.State), $"{id} is {agent.State} but {members.FirstOrDefault()}; {where}");
            if (members.Count == 0) continue;
            var talk = truth.Calls.ToArrayForTest().SingleOrDefault(call => call.Agent == id && call.Queue is not null)?.Call;
            if (talk is not null && !seen.Contains((id, talk))) talk = null;
            var call = agent.Call is { Answered: true, Queue: not null } on ? on.Id : null;
            Assert.True(talk == call, $"{id} talks on {talk}, shown on {call}; {where}");
        }
    }

    private static void Memberships(FloorState state, string feed, FeedSnapshot truth)
    {
        var held = truth.Members.ToArrayForTest().Select(member => (member.Agent, member.Queue, member.Paused, member.PauseReason.ToUpperInvariant()));
        var shown = state.Agents.Values.SelectMany(agent => agent.Members.ToArrayForTest(), (agent, member) => (agent.Id, Member: member))
            .Where(pair => pair.Member.Feed == feed)
            .Select(pair => (pair.Id, pair.Member.Queue, pair.Member.Paused, pair.Member.Reason.ToUpperInvariant()));
        Assert.Equal(held.Order(), shown.Order());
    }

    private static AgentState[] Expected(List<SeenMember> members)
    {
        if (members.Count == 0) return [AgentState.SignedOut];
        var paused = members.TrueForAll(member => member.Paused);
        return members[0].Phone switch
        {
            PhoneState.InUse => [AgentState.OnCall],
            PhoneState.OnHold => [AgentState.OnHold],
            PhoneState.Ringing => [AgentState.Ringing],
            PhoneState.Idle => [AgentState.WrapUp, paused ? AgentState.OnBreak : AgentState.Available],
            PhoneState.Unreachable => [AgentState.WrapUp, paused ? AgentState.OnBreak : AgentState.Unreachable],
            _ => [],
        };
    }
}
