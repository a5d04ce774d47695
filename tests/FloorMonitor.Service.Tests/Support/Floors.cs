using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Rules;
using FloorMonitor.Pbx;
using FloorMonitor.Service.Configuration;

namespace FloorMonitor.Service.Tests.Support;

/// <summary>Small floors and what their switch says.</summary>
internal static class Floors
{
    public static readonly DateTimeOffset Start = new(2026, 11, 23, 1, 0, 0, TimeSpan.Zero);

    public static FloorConfig Config(params string[] pbxs)
    {
        string[] names = pbxs.Length == 0 ? ["pbx"] : pbxs;
        return new FloorConfig
        {
            Directory = "config",
            Setup = FloorSetup.Default with
            {
                Site = "test",
                TimeZone = "Asia/Shanghai",
                Feeds = ValueArray.From(names.Select(name => new FeedSetup(name, "ami"))),
                Agents = [new("1001", "Anna", "A", "PJSIP/1001"), new("1002", "Bo", "A", "PJSIP/1002")],
                Teams = [new("A", "Team A", "1001", null)],
            },
            Pbxs = ValueArray.From(names.Select(name => new PbxConfig(name, PbxKind.Ami, "127.0.0.1", 5038, "user", "secret", false))),
            Rules = RuleCatalogue.Defaults,
        };
    }

    public static SeenMember Member(string agent, string queue, DateTimeOffset since, bool paused = false, string reason = "") => new(
        agent, agent, $"PJSIP/{agent}", agent, queue, 0, false, since, paused, reason, paused ? since : null, PhoneState.Idle, false, TimeSpan.Zero, null);

    public static FeedMessage Synced(string feed, DateTimeOffset at, params SeenMember[] members) => new(
        feed,
        at,
        "Event: QueueStatusComplete",
        [new FeedSynced(at, feed, new FeedSnapshot(at - TimeSpan.FromDays(1), [new("support", 0, 0, null)], [.. members], [], []))]);

    public static FeedMessage Said(FloorEvent said, string raw = "raw") => new(said.Source, said.At, raw, [said]);
}
