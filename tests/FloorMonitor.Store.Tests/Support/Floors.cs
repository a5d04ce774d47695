using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Rules;

namespace FloorMonitor.Store.Tests.Support;

/// <summary>Small floors and entries for the tests.</summary>
internal static class Floors
{
    public static readonly DateTimeOffset Start = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);

    public static JournalEntry Entry(long id, string? raw = null) =>
        new(id, Start.AddSeconds(id), "pbx", raw ?? $"Event: QueueMemberPause\r\nMemberName: 座席 {id}\r\n\r\n",
            [new MemberResumed(Start.AddSeconds(id), "pbx", $"a{id % 50}", "support") { Entry = id }]);

    public static Agent Agent(string id, AgentState state, Break? pause = null) => new()
    {
        Id = id,
        Name = "座席 " + id,
        Team = "早班",
        Address = "PJSIP/" + id,
        Seat = id,
        State = state,
        Since = Start,
        Session = new Session(Start, 1, null, 0, false, [], false),
        Members = [new QueueMember("support", "pbx", 0, false, Start, pause is not null, pause?.Reason ?? "", pause?.Since, 0, false, PhoneState.Idle, false, TimeSpan.Zero)],
        Break = pause,
    };

    public static Verdict Verdict(string id, DateTimeOffset at, VerdictStatus status = VerdictStatus.Open, string subject = "1001") => new()
    {
        Id = id,
        Rule = id.Split(':')[0],
        Clause = "D2.4",
        Severity = Severity.Warning,
        Subject = new Subject("agent", subject),
        OpenedAt = at,
        Text = new Text("小休超过 5 分钟", "break longer than 5 minutes"),
        Status = status,
        Evidence = [1, 2],
    };

    /// <summary>A floor of some agents, one queue with one caller, at a version.</summary>
    public static FloorState Floor(long version, params Agent[] agents) => FloorState.Empty with
    {
        Version = version,
        At = Start.AddSeconds(version),
        BusinessDay = new DateOnly(2026, 11, 23),
        Agents = FloorState.Empty.Agents.AddRange(agents.Select(agent => KeyValuePair.Create(agent.Id, agent))),
        Queues = FloorState.Empty.Queues.Add("support", new Queue
        {
            Name = "support",
            Label = "客服",
            Waiting = [new WaitingCaller("c1", "pbx", "13800001234", Start, 1)],
            Counters = new QueueCounters { Since = Start, Offered = 5, Answered = 3, Abandoned = 1 },
        }),
        Feeds = FloorState.Empty.Feeds.Add("pbx", new Feed("pbx", "ami", FeedState.Synced, Start, null, "")),
    };
}
