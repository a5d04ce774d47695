using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Rules;
using static FloorMonitor.Core.Tests.Rules.Day;
using static FloorMonitor.Core.Tests.Rules.RosterDay;

namespace FloorMonitor.Core.Tests.Rules;

public sealed class SignInOnTimeTests
{
    // RULEBOOK example 7.
    [Theory]
    [InlineData("09:02:59", null, Severity.Info)]
    [InlineData("09:03:00", "late", Severity.Warning)]
    [InlineData("09:14:59", "late", Severity.Warning)]
    [InlineData("09:15:00", "absent-half-day", Severity.Critical)]
    [InlineData("09:29:59", "absent-half-day", Severity.Critical)]
    [InlineData("09:30:00", "absent-full-day", Severity.Critical)]
    public void One_verdict_opens_at_the_grace_and_grows_heavier_while_nobody_comes(string now, string? grade, Severity severity)
    {
        var day = Of(new SignInOnTime()).Ticks("09:02").Ticks(now);
        if (grade is null)
        {
            Assert.Empty(day.Verdicts);
            return;
        }

        Assert.Equal((Time("09:03"), VerdictStatus.Open, severity), (day.Only.OpenedAt, day.Only.Status, day.Only.Severity));
        Assert.StartsWith(Sentences.Capital(grade), Sentences.Capital(day.Only.Text.En), StringComparison.Ordinal);
        Assert.Equal("sign-in-on-time:1001:20261123T010000.000Z", day.Only.Id);
    }

    [Theory]
    [InlineData("09:02:59", null, null)]
    [InlineData("09:03:00", "late: signed in at 09:03:00, 3 min after the start of shift A at 09:00:00 (D2.2, A1)", "迟到:09:03:00 签入,晚于班次 A 开始(09:00:00)共 3 分钟(三·一·2.2、三·二·1)")]
    [InlineData("09:12:40", "late: signed in at 09:12:40, 12 min 40 s after the start of shift A at 09:00:00 (D2.2, A1)", "迟到:09:12:40 签入,晚于班次 A 开始(09:00:00)共 12 分 40 秒(三·一·2.2、三·二·1)")]
    [InlineData("09:15:00", "absent-half-day: signed in at 09:15:00, 15 min after the start of shift A at 09:00:00 (D2.2, A1)", "旷工半天:09:15:00 签入,晚于班次 A 开始(09:00:00)共 15 分钟(三·一·2.2、三·二·1)")]
    [InlineData("09:30:00", "absent-full-day: signed in at 09:30:00, 30 min after the start of shift A at 09:00:00 (D2.2, A1)", "旷工一天:09:30:00 签入,晚于班次 A 开始(09:00:00)共 30 分钟(三·一·2.2、三·二·1)")]
    public void The_sign_in_ends_it_at_its_own_instant_and_says_by_how_much(string at, string? en, string? zh)
    {
        var day = Of(new SignInOnTime()).Ticks("09:01").At(at).Joins("1001", "support").Ticks("09:40").Ticks("11:00");
        if (en is null)
        {
            Assert.Empty(day.Verdicts);
            return;
        }

        Assert.Equal((Time("09:03"), Time(at), Time(at) - Time("09:00")), (day.Only.OpenedAt, day.Only.ClosedAt, day.Only.MeasuredTime));
        Assert.Equal((en, zh), (day.Only.Text.En, day.Only.Text.Zh));
        Assert.Equal([day.State.SetupEntry, day[day.Only.Subject.Id].Session!.Entry], day.Only.Evidence);
    }

    // RULEBOOK example 6.
    [Theory]
    [InlineData("22:02:59", 0)]
    [InlineData("22:04:00", 1)]
    public void Late_to_the_night_shift_is_late_on_the_date_on_which_it_began(string at, int verdicts)
    {
        var day = new Day(Setup(Line(shift: "N")), new SignInOnTime()).Ticks("21:59").At(at).Joins("1001", "support").Ticks("22:10");
        day.At(Time("23:59:59") + TimeSpan.FromSeconds(1)).Ticks().At(Time("23:00") + TimeSpan.FromHours(4)).Ticks();
        Assert.Equal(verdicts, day.Verdicts.Count);
        if (verdicts > 0) Assert.Equal((Time("22:03"), Time("22:04")), (day.Only.OpenedAt, day.Only.ClosedAt));
    }

    [Fact]
    public void Who_was_here_and_left_and_came_again_was_on_time_and_who_left_before_the_start_was_not()
    {
        var day = Of(new SignInOnTime()).At("08:55").Joins("1001", "support").At("10:00").Leaves("1001", "support").Ticks("10:01")
            .At("10:30").Joins("1001", "support").At("11:00").Leaves("1001", "support").At("11:30").Joins("1001", "support").Ticks("12:00");
        Assert.Empty(day.Verdicts);
        day = Of(new SignInOnTime()).At("08:40").Joins("1001", "support").At("08:50").Leaves("1001", "support").Ticks("09:05");
        Assert.Equal(Time("09:03"), day.Only.OpenedAt);
    }

    [Fact]
    public void A_sign_in_that_the_switch_dates_itself_counts_as_seen_and_one_that_nobody_dates_does_not()
    {
        var day = Of(new SignInOnTime()).At("08:58").Lost().Ticks("09:19:59");
        Assert.Empty(day.Verdicts);
        day.At("09:20").Synced(null, Seen("1001", "support") with { SignedInAt = Time("09:12") }).Ticks("09:21");
        Assert.Equal((Time("09:03"), Time("09:12"), TimeSpan.FromMinutes(12)), (day.Only.OpenedAt, day.Only.ClosedAt, day.Only.MeasuredTime));
        Assert.Equal([new Gap(Time("09:00"), Time("09:12"))], day.Only.Gaps);

        day = Of(new SignInOnTime()).At("08:58").Lost().At("09:20").Synced(null, Seen("1001", "support")).Ticks("09:21").Ticks("10:00");
        Assert.Empty(day.Verdicts);
    }

    [Fact]
    public void What_a_lost_link_hides_runs_against_nobody()
    {
        // Nobody saw 09:00 to 09:20: three minutes of it that are seen are over at 09:23.
        var day = Of(new SignInOnTime()).At("08:58").Lost().At("09:20").Synced(null).Ticks("09:22:59");
        Assert.Empty(day.Verdicts);
        day.Ticks("09:23");
        Assert.Equal(Time("09:23"), day.Only.OpenedAt);
        Assert.Equal("迟到:班次 A 于 09:00:00 开始,未签入,其中失去联系的 20 分钟不计(三·一·2.2、三·二·1)", day.Only.Text.Zh);
        Assert.Equal("late: not signed in to shift A, which began at 09:00:00, the 20 min out of sight not counted (D2.2, A1)", day.Only.Text.En);
        day.Ticks("09:34:59");
        Assert.Equal(Severity.Warning, day.Only.Severity);
        day.Ticks("09:35");
        Assert.Equal(Severity.Critical, day.Only.Severity);
    }

    [Fact]
    public void What_had_opened_stays_as_it_is_while_the_link_is_down_and_ends_with_what_was_seen()
    {
        var day = Of(new SignInOnTime()).Ticks("09:05").At("09:06").Lost().Ticks("09:20");
        Assert.Equal((VerdictStatus.Open, Severity.Warning), (day.Only.Status, day.Only.Severity));
        // Signed in somewhere in the gap: six minutes were seen.
        day.At("09:40").Synced(null, Seen("1001", "support")).Ticks("09:41");
        Assert.Equal((VerdictStatus.Closed, TimeSpan.FromMinutes(6)), (day.Only.Status, day.Only.MeasuredTime));
        Assert.StartsWith("late:", day.Only.Text.En, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(RosterStatus.Leave, 0)]
    [InlineData(RosterStatus.Swap, 1)]
    [InlineData(RosterStatus.Overtime, 1)]
    [InlineData(RosterStatus.Training, 1)]
    public void Who_is_on_leave_is_expected_nowhere_and_every_other_status_is_a_shift(RosterStatus status, int verdicts) =>
        Assert.Equal(verdicts, new Day(Setup(Line(status: status)), new SignInOnTime()).Ticks("09:10").Verdicts.Count);

    [Fact]
    public void Who_was_allowed_to_come_late_is_not_blamed()
    {
        var day = Of(new SignInOnTime()).At("08:30").Tell(new GrantGiven(Time("08:30"), "1001", GrantWords.Late, "体检", "1002", Time("10:00")))
            .Ticks("09:10").At("09:40").Joins("1001", "support").Ticks("10:30");
        Assert.Empty(day.Verdicts);
        day = Of(new SignInOnTime()).At("08:30").Tell(new GrantGiven(Time("08:30"), "1001", GrantWords.Late, "体检", "1002", Time("09:20"))).Ticks("09:19").Ticks("09:22:59");
        Assert.Empty(day.Verdicts);
        day.Ticks("09:23");
        Assert.Equal((Time("09:23"), Severity.Warning, "late: allowed until 09:20:00 and not signed in to shift A, which began at 09:00:00 (D2.2, A1)"), (day.Only.OpenedAt, day.Only.Severity, day.Only.Text.En));
    }

    [Fact]
    public void Who_was_allowed_to_come_until_a_time_and_came_later_is_late_by_what_lies_between()
    {
        GrantGiven grant = new(Time("08:30"), "1001", GrantWords.Late, "体检", "1002", Time("09:20"));
        var day = Of(new SignInOnTime()).At("08:30").Tell(grant).Ticks("09:10").At("09:40").Joins("1001", "support").Ticks("10:30");
        Assert.Equal((Time("09:23"), Time("09:40"), TimeSpan.FromMinutes(20)), (day.Only.OpenedAt, day.Only.ClosedAt, day.Only.MeasuredTime));
        Assert.Equal("absent-half-day: signed in at 09:40:00, 20 min after 09:20:00, until when it was allowed; shift A began at 09:00:00 (D2.2, A1)", day.Only.Text.En);
        Assert.Equal("旷工半天:09:40:00 签入,晚于准许的 09:20:00 共 20 分钟,班次 A 于 09:00:00 开始(三·一·2.2、三·二·1)", day.Only.Text.Zh);

        // Nobody comes late within what was allowed, nor within the time that the sign-in itself may take after it.
        Assert.Empty(Of(new SignInOnTime()).At("08:30").Tell(grant).Ticks("09:21").At("09:22:59").Joins("1001", "support").Ticks("10:30").Verdicts);
        // The next day's shift is another one.
        day = new Day(Setup(Line(), new RosterLine(Monday.AddDays(1), "1001", "A", null, RosterStatus.Work)), new SignInOnTime()).At("08:30").Tell(grant)
            .At("09:10").Joins("1001", "support").At("18:00").Leaves("1001", "support").Ticks("18:30");
        day.At(Time("09:05").AddDays(1)).Ticks();
        Assert.Equal(Time("09:03").AddDays(1), day.Only.OpenedAt);
    }

    [Fact]
    public void What_was_found_before_it_was_allowed_keeps_its_own_history()
    {
        var day = Of(new SignInOnTime()).Ticks("09:05");
        day.At("09:06").Tell(new VerdictDisposed(day.Now, day.Only.Id, "1002", VerdictSteps.Excused, "体检") { Agent = "1001" })
            .At("09:10").Tell(new GrantGiven(Time("09:10"), "1001", GrantWords.Late, "体检", "1002", Time("09:20"))).Ticks("09:11").Ticks("09:30");
        var (before, after) = (day.Verdicts.Values.Single(one => one.Status == VerdictStatus.Closed), day.Verdicts.Values.Single(one => one.Status == VerdictStatus.Open));
        Assert.Equal(["opened", "excused", "closed"], before.History.AsSpan().ToArray().Select(step => step.Step));
        Assert.Equal((Time("09:03"), Time("09:23")), (before.OpenedAt, after.OpenedAt));
    }

    [Fact]
    public void What_was_allowed_and_taken_back_holds_until_it_was_taken_back()
    {
        var day = Of(new SignInOnTime()).At("08:30").Tell(new GrantGiven(Time("08:30"), "1001", GrantWords.Late, "体检", "1002", Time("10:00")));
        day.At("09:10").Tell(new GrantRevoked(day.Now, "1001", day["1001"].Grants[0].Id, "1002")).Ticks("09:12:59");
        Assert.Empty(day.Verdicts);
        Assert.Equal(Time("09:13"), day.Ticks("09:13").Only.OpenedAt);
    }

    [Fact]
    public void Who_never_comes_is_absent_until_the_shift_is_over()
    {
        var day = Of(new SignInOnTime()).Ticks("09:10").Ticks("17:59").Ticks("18:01");
        Assert.Equal((Time("18:00"), TimeSpan.FromHours(9)), (day.Only.ClosedAt, day.Only.MeasuredTime));
    }

    [Fact]
    public void Without_a_roster_it_says_nothing() =>
        Assert.Empty(new Day(Setup(), new SignInOnTime(), new Muster(), new AssignedSeat(), new LeaveByTheClock(), new ClearTheFloor(), new AttendanceRate())
            .At("08:00").Joins("1001", "support").Ticks("12:00").At("12:30").Leaves("1001", "support").Ticks("13:00").Verdicts);
}
