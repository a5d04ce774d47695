using FloorMonitor.Core.Floor;

namespace FloorMonitor.Core.Tests.Floor;

/// <summary>A floor told event by event, by the times of one day: <c>floor.At("09:00").Joins("wang", "support")</c>.</summary>
public sealed class Story
{
    public const string Pbx = "pbx";
    public static readonly DateOnly Day = new(2026, 11, 23);
    private long entry;

    public Story(FloorSetup? setup = null, bool synced = true)
    {
        Setup = setup ?? FloorSetup.Default with { Feeds = [new(Pbx, "ami")] };
        At("08:00").Tell(new FloorConfigured(Now, Setup));
        if (synced) Synced();
    }

    public FloorSetup Setup { get; }

    public FloorState State { get; private set; } = FloorState.Empty;

    public DateTimeOffset Now { get; private set; }

    public List<FloorEvent> Journal { get; } = [];

    public Agent this[string agent] => State.Agents[agent];

    public static DateTimeOffset Time(string time) => new(Day.ToDateTime(TimeOnly.Parse(time, System.Globalization.CultureInfo.InvariantCulture)), TimeSpan.Zero);

    public Story At(string time) => At(Time(time));

    public Story At(DateTimeOffset now)
    {
        Now = now;
        return this;
    }

    /// <summary>Folds an event and demands of every one that folding it again changes nothing.</summary>
    public Story Tell(FloorEvent told)
    {
        var e = told with { Entry = ++entry };
        Journal.Add(e);
        State = FloorFold.Apply(State, e);
        Assert.Same(State, FloorFold.Apply(State, e));
        return this;
    }

    public Story Ticks() => Tell(new Tick(Now));

    public Story Joins(string agent, string queue, bool isStatic = false, PhoneState phone = PhoneState.Idle, int wrapUpSeconds = 0, DateTimeOffset? loginTime = null) =>
        Tell(new MemberJoined(Now, Pbx, Seen(agent, queue) with { IsStatic = isStatic, Phone = phone, WrapUp = TimeSpan.FromSeconds(wrapUpSeconds), SignedInAt = loginTime }));

    public Story Leaves(string agent, string queue) => Tell(new MemberLeft(Now, Pbx, agent, queue));

    public Story Pauses(string agent, string queue, string reason, DateTimeOffset? lastPause = null) =>
        Tell(new MemberPaused(Now, Pbx, agent, queue, reason, lastPause));

    public Story Resumes(string agent, string queue) => Tell(new MemberResumed(Now, Pbx, agent, queue));

    public Story Phone(string agent, string queue, PhoneState phone, bool inCall = false, int wrapUpSeconds = 0) =>
        Tell(new MemberStatusChanged(Now, Pbx, agent, queue, phone, inCall, TimeSpan.FromSeconds(wrapUpSeconds), null));

    public Story CallerJoins(string queue, string call) => Tell(new CallerJoined(Now, Pbx, queue, call, "13812341234"));

    public Story CallerLeaves(string queue, string call) => Tell(new CallerLeft(Now, Pbx, queue, call));

    public Story Abandons(string queue, string call, int waitedSeconds) =>
        Tell(new CallerAbandoned(Now, Pbx, queue, call, TimeSpan.FromSeconds(waitedSeconds)));

    public Story Rings(string agent, string queue, string call) => Tell(new AgentRinging(Now, Pbx, agent, queue, call, null));

    public Story Answers(string agent, string queue, string call, int waitedSeconds = 10) =>
        Tell(new CallAnswered(Now, Pbx, agent, queue, call, null, TimeSpan.FromSeconds(waitedSeconds), TimeSpan.FromSeconds(3)));

    public Story Completes(string agent, string queue, string? call, int talkedSeconds = 60) =>
        Tell(new CallCompleted(Now, Pbx, agent, queue, call, TimeSpan.FromSeconds(talkedSeconds), CallEnd.Caller));

    public Story Lost() => Tell(new FeedLost(Now, Pbx, "the test cut it"));

    public Story Synced(FeedSnapshot? snapshot = null) => Tell(new FeedSynced(Now, Pbx, snapshot ?? Empty));

    public static FeedSnapshot Empty { get; } = new(null, [], [], [], []);

    public static FeedSnapshot Of(params SeenMember[] members) => Empty with { Members = ValueArray.From(members) };

    public static SeenMember Seen(string agent, string queue) => new(
        agent, agent, "PJSIP/" + agent, agent, queue, 0, false, null, false, "", null, PhoneState.Idle, false, TimeSpan.Zero, null);
}
