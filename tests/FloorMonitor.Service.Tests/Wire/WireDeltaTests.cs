using System.Text.Json;
using System.Text.Json.Nodes;
using FloorMonitor.Core.Floor;
using FloorMonitor.Service.Hubs;
using FloorMonitor.Service.Tests.Support;
using FloorMonitor.Service.Wire;
using MessagePack;

namespace FloorMonitor.Service.Tests.Wire;

public sealed class WireDeltaTests
{
    private static readonly DateTimeOffset At = Floors.Start;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task A_snapshot_with_every_difference_folded_on_is_the_newest_snapshot_however_many_versions_a_screen_misses(int seed)
    {
        using var engine = await new EngineUnderTest().StartAsync();
        engine.Say(Floors.Synced("pbx", At, [.. Enumerable.Range(1, 6).Select(i => Floors.Member($"{i}", i % 2 == 0 ? "support" : "sales", At.AddHours(-1)))]));
        var views = new FloorViews(engine.Board, engine.Store, engine.Notes, engine.Time);
        var random = new Random(seed);
        var fast = views.Current();
        var slow = fast;
        var (fastFloor, slowFloor) = (Fold(fast), Fold(fast));

        for (var step = 0; step < 200; step++)
        {
            Happen(engine, random, step);
            var newest = views.Current();
            Assert.True(fastFloor.Apply(Json(views.Between(fast, newest))));
            fast = newest;
            Assert.Equal(FoldedFloor.Text(Json(newest.Snapshot)), FoldedFloor.Text(fastFloor.Floor));
            if (random.Next(10) != 0) continue;
            Assert.True(slowFloor.Apply(Json(views.Between(slow, newest))));
            slow = newest;
            Assert.Equal(FoldedFloor.Text(fastFloor.Floor), FoldedFloor.Text(slowFloor.Floor));
        }

        Assert.True(fast.Version > 100);
    }

    [Fact]
    public async Task A_look_at_a_floor_that_did_not_change_has_the_same_version_and_the_same_objects()
    {
        using var engine = await new EngineUnderTest().StartAsync();
        engine.Say(Floors.Synced("pbx", At, Floors.Member("1001", "support", At)));
        var views = new FloorViews(engine.Board, engine.Store, engine.Notes, engine.Time);
        var first = views.Current();
        engine.Time.Advance(TimeSpan.FromSeconds(5));
        var second = views.Current();
        Assert.Equal(first.Version, second.Version);
        Assert.Same(first.Snapshot.Agents, second.Snapshot.Agents);
        Assert.Equal(["from", "version", "at"], Json(views.Between(first, second)).Select(member => member.Key));
    }

    [Fact]
    public async Task A_difference_names_only_what_changed_and_says_null_where_the_duty_ended()
    {
        using var engine = await new EngineUnderTest().StartAsync();
        engine.Say(Floors.Synced("pbx", At, Floors.Member("1001", "support", At), Floors.Member("1002", "sales", At)));
        engine.Writer.House(new DutyTaken(At, "anna"));
        engine.Work();
        var views = new FloorViews(engine.Board, engine.Store, engine.Notes, engine.Time);
        var before = views.Current();
        Assert.Equal("anna", before.Snapshot.Duty!.Holder);
        engine.Say(Floors.Said(new MemberPaused(At, "pbx", "1001", "support", "meal", At)));
        var paused = views.Current();
        var delta = Json(views.Between(before, paused));
        Assert.Equal(["1001"], delta["agents"]!.AsArray().Select(agent => agent!["id"]!.GetValue<string>()));
        Assert.Equal(["from", "version", "at", "agents", "queues", "totals", "verdicts"], delta.Select(member => member.Key));
        Assert.Equal(["support"], delta["queues"]!.AsArray().Select(queue => queue!["name"]!.GetValue<string>()));

        engine.Writer.House(new DutyTaken(At, null));
        engine.Work();
        delta = Json(views.Between(paused, views.Current()));
        Assert.True(delta.ContainsKey("duty"));
        Assert.Null(delta["duty"]);
    }

    [Fact]
    public async Task Screens_at_the_same_version_share_one_difference()
    {
        using var engine = await new EngineUnderTest().StartAsync();
        var views = new FloorViews(engine.Board, engine.Store, engine.Notes, engine.Time);
        var before = views.Current();
        engine.Say(Floors.Synced("pbx", At, Floors.Member("1001", "support", At)));
        var after = views.Current();
        Assert.Same(views.Between(before, after), views.Between(before, after));
    }

    [Fact]
    public async Task MessagePack_carries_the_very_tree_that_JSON_shows()
    {
        using var engine = await new EngineUnderTest().StartAsync();
        engine.Say(Floors.Synced("pbx", At, Floors.Member("1001", "support", At, paused: true, reason: "小休")));
        engine.Writer.House(new DutyTaken(At, "值班"));
        engine.Work();
        var snapshot = new FloorViews(engine.Board, engine.Store, engine.Notes, engine.Time).Current().Snapshot;
        var packed = MessagePackSerializer.Serialize(snapshot, WirePack.Options, TestContext.Current.CancellationToken);
        var unpacked = JsonNode.Parse(MessagePackSerializer.ConvertToJson(packed, cancellationToken: TestContext.Current.CancellationToken))!;
        Assert.True(JsonNode.DeepEquals(Json(snapshot), unpacked));
    }

    [Theory]
    [InlineData("13812341234", "138****1234")]
    [InlineData("+8613812341234", "+86****1234")]
    [InlineData("12345678", "123****5678")]
    [InlineData("1234567", "****67")]
    [InlineData("1001", "****01")]
    [InlineData("7", "****")]
    [InlineData("", "****")]
    [InlineData(null, null)]
    public void Numbers_leave_the_house_masked(string? number, string? masked) => Assert.Equal(masked, Masking.Mask(number));

    [Fact]
    public void Evidence_keeps_channel_ids_and_loses_callers() => Assert.Equal(
        "Event: QueueCallerJoin\r\nUniqueid: 1795419746.123\r\nCallerIDNum: 138****1234\r\nChannel: PJSIP/138****1234-0000001a\r\nExten: 1001",
        Masking.MaskWithin("Event: QueueCallerJoin\r\nUniqueid: 1795419746.123\r\nCallerIDNum: 13812341234\r\nChannel: PJSIP/13812341234-0000001a\r\nExten: 1001"));

    private static void Happen(EngineUnderTest engine, Random random, int step)
    {
        var at = engine.Time.GetUtcNow();
        var agent = $"{random.Next(1, 7)}";
        var queue = int.Parse(agent, System.Globalization.CultureInfo.InvariantCulture) % 2 == 0 ? "support" : "sales";
        var call = $"call-{random.Next(5)}";
        switch (random.Next(12))
        {
            case 0: engine.Say(Floors.Said(new MemberPaused(at, "pbx", agent, queue, random.Next(2) == 0 ? "short" : "meal", at))); break;
            case 1: engine.Say(Floors.Said(new MemberResumed(at, "pbx", agent, queue))); break;
            case 2: engine.Say(Floors.Said(new MemberLeft(at, "pbx", agent, queue))); break;
            case 3: engine.Say(Floors.Said(new MemberJoined(at, "pbx", Floors.Member(agent, queue, at)))); break;
            case 4: engine.Say(Floors.Said(new CallerJoined(at, "pbx", queue, call, "13812341234"))); break;
            case 5: engine.Say(Floors.Said(new CallAnswered(at, "pbx", agent, queue, call, "13812341234", TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(1)))); break;
            case 6: engine.Say(Floors.Said(new CallCompleted(at, "pbx", agent, queue, call, TimeSpan.FromSeconds(9), CallEnd.Agent))); break;
            case 7: engine.Say(Floors.Said(new CallerAbandoned(at, "pbx", queue, call, TimeSpan.FromSeconds(5)))); break;
            case 8: engine.Pass(TimeSpan.FromMinutes(random.Next(1, 7))); break;
            case 9: engine.Notes.Raise($"note-{random.Next(2)}", new("注意", $"note {step}")); break;
            case 10: engine.Writer.House(new DutyTaken(at, random.Next(2) == 0 ? null : $"holder {step}")); break;
            default:
                engine.Say(Floors.Said(new FeedLost(at, "pbx", $"lost {step}")));
                if (random.Next(2) == 0) engine.Say(Floors.Synced("pbx", at, Floors.Member(agent, queue, at)));
                break;
        }

        engine.Work();
    }

    private static FoldedFloor Fold(WireView view) => new(Json(view.Snapshot));

    private static JsonObject Json<T>(T value) => (JsonObject)JsonSerializer.SerializeToNode(value, WireFormat.Settings)!;
}
