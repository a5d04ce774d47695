using System.Text.Json;
using System.Text.Json.Nodes;
using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Gate;
using FloorMonitor.Service.Hubs;
using FloorMonitor.Service.Tests.Support;
using FloorMonitor.Service.Wire;

namespace FloorMonitor.Service.Tests.Hubs;

public sealed class WallLensTests
{
    private static readonly DateTimeOffset At = Floors.Start;

    [Fact]
    public async Task The_wall_of_everything_is_the_floor_with_its_setting()
    {
        using var floor = await FloorAsync();
        var whole = floor.Views.Current();
        var seen = new WallLens(new("default")).Of(whole);
        Assert.Equal("default", seen.Wall!.Name);
        Assert.Equal(Text(whole.Snapshot), Text(seen with { Wall = null }));
    }

    [Fact]
    public async Task A_wall_of_a_team_and_a_queue_counts_only_them()
    {
        using var floor = await FloorAsync();
        floor.Engine.Say(Floors.Said(new CallerJoined(At, "pbx", "sales", "c1", "13812341234")));
        floor.Engine.Say(Floors.Said(new CallerJoined(At, "pbx", "support", "c2", "13812341234")));
        var seen = new WallLens(new("a") { Teams = ["A"], Queues = ["support"] }).Of(floor.Views.Current());
        Assert.Equal(["1001", "1002"], seen.Agents.Select(agent => agent.Id));
        Assert.Equal(["support"], seen.Queues.Select(queue => queue.Name));
        Assert.Equal(["A"], seen.Teams.Select(team => team.Id));
        Assert.Equal((1, 2), (seen.Totals.Waiting, seen.Totals.SignedIn));
        Assert.Equal((1, 2), (seen.Strip.Buckets.Sum(bucket => bucket.Offered ?? 0), floor.Views.Current().Snapshot.Strip.Buckets.Sum(bucket => bucket.Offered ?? 0)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_personal_break_is_one_like_any_other_on_a_wall(bool names)
    {
        using var floor = await FloorAsync();
        var lens = new WallLens(new("hall") { Names = names });
        var before = floor.Views.Current();
        floor.Engine.Say(Floors.Said(new MemberPaused(At, "pbx", "1001", "support", "personal", At)));
        var whole = floor.Views.Current();
        Assert.Equal("personal", Assert.Single(whole.Snapshot.Agents, agent => agent.Break is not null).Break!.Kind);
        var seen = Assert.Single(lens.Of(whole).Agents, agent => agent.Break is not null);
        Assert.Equal(new WireBreak("short", "short", At, null), seen.Break);
        Assert.DoesNotContain("\"reason\":\"personal", Text(lens.Between(before, whole)), StringComparison.Ordinal);
        Assert.DoesNotContain("\"reason\":\"personal", Text(lens.Of(whole)), StringComparison.Ordinal);
        // The same picture twice, so that nothing is sent that did not change.
        floor.Engine.Say(Floors.Said(new CallerJoined(At, "pbx", "support", "c9", "13812341234")));
        Assert.Same(seen, Assert.Single(lens.Of(floor.Views.Current()).Agents, agent => agent.Break is not null));
    }

    [Fact]
    public async Task A_wall_without_names_is_not_told_whose_hour_a_break_is_nor_how_long_somebodys_may_last()
    {
        using var floor = await FloorAsync();
        var agent = floor.Views.Current().Agent("1001")! with { Break = new("short", "short", At, null) { Hour = At }, Limits = [new("meal", 60_000)] };
        var seen = new Nameless().Of(agent);
        Assert.Equal(new WireBreak("short", "short", At, null), seen.Break);
        Assert.Empty(seen.Limits);
    }

    [Fact]
    public async Task The_totals_of_a_part_that_is_everything_are_those_of_the_whole()
    {
        using var floor = await FloorAsync();
        floor.Engine.Say(Floors.Said(new CallerJoined(At, "pbx", "sales", "c1", "13812341234")));
        floor.Engine.Say(Floors.Said(new MemberPaused(At, "pbx", "1001", "support", "short", At)));
        var whole = floor.Views.Current().Snapshot;
        Assert.Equal(whole.Totals, WallTotals.Of(whole.Agents, whole.Queues));
    }

    [Fact]
    public async Task Nothing_that_names_anybody_is_in_what_a_wall_without_names_is_sent()
    {
        using var floor = await FloorAsync();
        var lens = new WallLens(new("corridor") { Names = false });
        var first = floor.Views.Current();
        var sent = new List<string> { Text(lens.Of(first)) };
        floor.Engine.Say(Floors.Said(new MemberPaused(At, "pbx", "1001", "support", "Anna-wants-tea", At)));
        floor.Engine.Say(Floors.Said(new MemberPaused(At, "pbx", "1003", "sales", "short", At)));
        await floor.Engine.Ask(new RaiseHand("1002", "1002"));
        floor.Engine.Writer.House(new DutyTaken(At, "Zhou Haiyan"));
        floor.Engine.Pass(TimeSpan.FromMinutes(10));
        floor.Engine.Notes.Raise("difference", new("两个来源对 Anna 的话机说法不一", "Two sources differ about Anna's phone"));
        var second = floor.Views.Current();
        sent.Add(Text(lens.Of(second)));
        sent.Add(Text(lens.Between(first, second)));
        var verdict = second.Snapshot.Verdicts.FirstOrDefault(one => one.Subject.Kind == "agent");
        Assert.NotNull(verdict);
        // An alert names whom it is about in its id and title, who else is told, and who is on it.
        var news = new WireAlertNews(
            "settle-in/1001", "new", At, verdict.Rule, verdict.Severity, new("Anna 签入后过早离开", "Anna left too soon"), verdict.Text, "warning",
            ["wall"], ["1001"], ["Zhou Haiyan"], 1, 1, 0, "Zhou Haiyan", At);
        sent.Add(Text(lens.Of(new WireAlert(verdict, news))!));
        Assert.Null(lens.Of(new WireAlert(verdict, news with { Screens = ["desk"] })));
        foreach (var text in sent)
        {
            foreach (var name in (string[])["Anna", "Bo\"", "\"1001\"", "1001:", ":1001", "1002", "1003", "Zhou", "wants", "138"])
                Assert.DoesNotContain(name, text, StringComparison.Ordinal);
        }

        // The floor itself is there: three people, one of them on a break, one hand, somebody on duty.
        var seen = lens.Of(second);
        Assert.Equal(first.Snapshot.Agents.Count, seen.Agents.Count);
        Assert.Contains(seen.Agents, agent => agent.HandRaisedAt is not null);
        Assert.Equal("", seen.Duty!.Holder);
        var about = Assert.Single(seen.Verdicts, one => one.Rule == verdict.Rule && one.Subject.Kind == "agent" && one.OpenedAt == verdict.OpenedAt).Subject;
        Assert.Contains(seen.Agents, agent => agent.Id == about.Id);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_differences_of_a_wall_folded_on_its_snapshot_are_its_newest_snapshot(bool names)
    {
        using var floor = await FloorAsync();
        var lens = new WallLens(new("w") { Names = names, Teams = ["A"], Queues = ["support"] });
        var random = new Random(11);
        var sent = floor.Views.Current();
        var folded = new FoldedFloor(Json(lens.Of(sent)));
        for (var step = 0; step < 100; step++)
        {
            var agent = $"{1001 + random.Next(3)}";
            var queue = agent == "1003" ? "sales" : "support";
            if (random.Next(5) == 0) await floor.Engine.Ask(new RaiseHand(agent, agent));
            FloorEvent said = random.Next(4) switch
            {
                0 => new MemberPaused(At, "pbx", agent, queue, "meal", At),
                1 => new MemberResumed(At, "pbx", agent, queue),
                2 => new CallerJoined(At, "pbx", "support", $"c{step}", "13812341234"),
                _ => new CallerJoined(At, "pbx", "sales", $"c{step}", "13812341234"),
            };
            floor.Engine.Say(Floors.Said(said));
            var newest = floor.Views.Current();
            Assert.True(folded.Apply(Json(lens.Between(sent, newest))));
            sent = newest;
            Assert.Equal(FoldedFloor.Text(Json(lens.Of(newest))), FoldedFloor.Text(folded.Floor));
        }
    }

    [Fact]
    public void A_wall_whose_setting_did_not_change_keeps_its_lens()
    {
        var book = new WallBook(Floors.Config());
        book.Take([new("default"), new("a") { Teams = ["A"] }]);
        var (kept, changed) = (book.Find("default"), book.Find("a"));
        book.Take([new("default"), new("a") { Teams = ["B"] }]);
        Assert.Same(kept, book.Find("default"));
        Assert.NotSame(changed, book.Find("a"));
        Assert.Null(book.Find("b"));
    }

    private static string Text<T>(T message) => JsonSerializer.Serialize(message, WireFormat.HubSettings);

    private static JsonObject Json<T>(T message) => JsonNode.Parse(Text(message))!.AsObject();

    private static async Task<ViewedFloor> FloorAsync()
    {
        var engine = await new EngineUnderTest().StartAsync();
        engine.Say(Floors.Synced("pbx", At, Floors.Member("1001", "support", At), Floors.Member("1002", "support", At), Floors.Member("1003", "sales", At)));
        return new(engine, new FloorViews(engine.Board, engine.Store, engine.Notes, engine.Time));
    }

    private sealed record ViewedFloor(EngineUnderTest Engine, FloorViews Views) : IDisposable
    {
        public void Dispose() => Engine.Dispose();
    }
}
