using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Gate;
using FloorMonitor.Core.Planning;
using FloorMonitor.Core.Tests.Rules;
using static FloorMonitor.Core.Tests.Rules.Day;

namespace FloorMonitor.Core.Tests.Planning;

/// <summary>Training and meetings last as long as was granted (RULEBOOK <c>break-limit</c>).</summary>
public sealed class GrantedLengthTests
{
    private static Day Granted(TimeSpan? length, string kind = "training", DateTimeOffset? at = null)
    {
        var day = Rotas.Team(8).At("09:40");
        Assert.IsType<Granted>(day.Does(new GrantBreak("1", "lead", kind, at) { For = length }));
        return day;
    }

    [Theory]
    [InlineData("10:24:59", 0)]
    [InlineData("10:25:00", 1)]
    [InlineData("10:25:01", 1)]
    public void A_training_past_what_was_granted_is_found(string now, int verdicts)
    {
        var day = Granted(TimeSpan.FromMinutes(45));
        day.Goes(1, "training");
        Assert.Equal(Time("10:25"), day["1"].Break!.EndsAt);
        var found = day.Ticks(now).Verdicts.Values.Where(verdict => verdict.Rule == "break-limit").ToList();
        Assert.Equal(verdicts, found.Count);
        if (verdicts == 0) return;
        Assert.Equal((Time("10:25"), TimeSpan.FromMinutes(45)), (found[0].OpenedAt, found[0].ThresholdTime));
        Assert.Equal("On training since 09:40:00, limit 45 min, over at 10:25:00 (D2.4)", found[0].Text.En);
    }

    [Fact]
    public void Of_what_nobody_granted_a_length_nothing_is_held_against_anybody()
    {
        var day = Granted(null);
        day.Goes(1, "training");
        Assert.Null(day["1"].Break!.EndsAt);
        Assert.DoesNotContain(day.Until("12:00").Verdicts.Values, verdict => verdict.Rule == "break-limit");
    }

    [Fact]
    public void What_was_granted_stays_while_the_slot_moves_and_comes()
    {
        var day = Granted(TimeSpan.FromMinutes(45), at: Time("09:55"));
        day.Does(new DeferBreak("1", "lead", TimeSpan.FromMinutes(10)));
        day.Until("10:05:01");
        Assert.Equal((TicketStatus.Granted, TimeSpan.FromMinutes(45)), (day.Ticket(1)!.Status, day.Ticket(1)!.For));
        Assert.Equal("可以培训,请在 10:10:00 前开始,批准时长 45 分钟", TicketWords.Of(day.Ticket(1)!, 0, TimeSpan.FromMinutes(5), day.State).Zh);
        Assert.Equal("Training granted: begin by 10:10:00, for 45 min", TicketWords.Of(day.Ticket(1)!, 0, TimeSpan.FromMinutes(5), day.State).En);
        day.At("10:06").Goes(1, "training");
        Assert.Equal(Time("10:51"), day["1"].Break!.EndsAt);
    }

    [Theory]
    [InlineData("short", "小休限 5 分钟,不能另定时长")]
    [InlineData("personal", "休息限 15 分钟,不能另定时长")]
    public void A_kind_with_a_limit_is_granted_no_other_length(string kind, string text)
    {
        var day = Rotas.Team(8).At("09:40");
        Assert.Equal(text, Assert.IsType<Refused>(day.Does(new GrantBreak("1", "lead", kind, null) { For = TimeSpan.FromMinutes(20) })).Text.Zh);
        Assert.Null(day.Ticket(1));
    }
}
