using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Gate;
using FloorMonitor.Core.Metrics;
using FloorMonitor.Core.Rules;
using static FloorMonitor.Core.Tests.Rules.Day;

namespace FloorMonitor.Core.Tests.Rules;

public sealed class HourlyBreakTests
{
    private static Day Wang(FloorSetup? setup = null) => new Day(setup, new HourlyBreak()).At("09:00").Joins("1001", "support", wrapUpSeconds: 30);

    private static Day Rests(Day day, string from, string until, string reason = "short") =>
        day.At(from).Pauses("1001", "support", reason).At(until).Resumes("1001", "support");

    private static FloorSetup Shift(string start, string end, string agent = "1001") => FloorSetup.Default with
    {
        Feeds = [new(Pbx, "ami")],
        TimeZone = "Asia/Shanghai",
        Agents = [new(agent, agent, null, "PJSIP/" + agent)],
        Shifts = [new("A", TimeSpan.Parse(start, null), TimeSpan.Parse(end, null), [])],
        Roster = [new(null, agent, "A", null, RosterStatus.Work)],
    };

    [Fact]
    public void An_hour_without_a_break_is_a_verdict_about_the_floor_from_its_last_instant()
    {
        var day = Wang().Ticks("09:59:59.999");
        Assert.Empty(day.Verdicts);
        day.Ticks("10:00:00.300");
        Assert.Equal((Time("10:00"), new Subject("floor", "floor"), "1001", Severity.Warning), (day.Only.OpenedAt, day.Only.Subject, day.Only.Concerns, day.Only.Severity));
        Assert.Equal("1001 在 09:00:00 至 10:00:00 这一小时内未获小休(三·一·2.4)", day.Only.Text.Zh);
        Assert.Equal("1001 was given no short break in the hour from 09:00:00 to 10:00:00 (D2.4)", day.Only.Text.En);
        day.Ticks("11:00:01");
        Assert.Equal("1001 has been given no short break for 2 hours since 09:00:00 (D2.4)", day.Only.Text.En);
        day.At("11:20").Pauses("1001", "support", "short");
        Assert.Equal((Time("11:20"), VerdictStatus.Closed), (day.Only.ClosedAt!.Value, day.Only.Status));
    }

    [Theory]
    [InlineData("09:59:59", 0)]
    [InlineData("10:00:00", 1)]
    [InlineData("10:00:01", 1)]
    public void A_break_that_begins_in_the_hour_is_its_break(string begins, int verdicts) =>
        Assert.Equal(verdicts, Rests(Wang(), begins, "10:04:59").Ticks("10:10").Verdicts.Count);

    [Fact]
    public void Other_kinds_are_not_the_break_of_the_hour_and_what_is_hardly_worked_is_not_judged()
    {
        Assert.Single(Rests(Wang(), "09:40", "09:50", "meal").Ticks("10:00:01").Verdicts);
        Assert.Empty(Rests(Wang(), "09:31", "09:50", "meal").Ticks("10:00:01").Verdicts);
        Assert.Single(Rests(Wang(), "09:40", "09:45", "personal").Ticks("10:00:01").Verdicts);
    }

    [Fact]
    public void An_hour_that_was_declined_is_not_held_against_the_floor()
    {
        var day = Wang().At("09:30");
        Assert.IsType<Granted>(day.Does(new DeclineBreak("1001", "1001")));
        Assert.Empty(day.Ticks("10:00:01").Ticks("10:59:59").Verdicts);
        Assert.Equal(Time("11:00"), day.Ticks("11:00:01").Only.OpenedAt);
    }

    [Theory]
    [InlineData("09:20", "09:20:59", 1)]
    [InlineData("09:20", "09:21", 0)]
    public void An_hour_that_a_gap_hid_is_not_judged(string lost, string back, int verdicts)
    {
        var day = Wang().At(lost).Lost().At(back).Synced(null, Seen("1001", "support")).Ticks("10:00:01");
        Assert.Equal(verdicts, day.Verdicts.Count);
    }

    [Fact]
    public void What_went_on_before_the_monitor_looked_is_not_judged()
    {
        var day = new Day(new HourlyBreak()).At("10:30").Synced(null, Seen("1001", "support") with { SignedInAt = Time("09:00") }).Ticks("11:30");
        Assert.Empty(day.Verdicts);
        Assert.Equal(Time("12:00"), day.Ticks("12:00:01").Only.OpenedAt);
    }

    [Theory]
    [InlineData("10:19:59", false)]
    [InlineData("10:20:00", false)]
    [InlineData("10:20:01", true)]
    public void Example_4_an_hour_that_ended_in_a_call_may_have_its_break_by_twenty_past(string begins, bool opens)
    {
        var day = new Day(new HourlyBreak(), new BreakSlot()).At("09:00").Joins("1001", "support", wrapUpSeconds: 30).At("09:50");
        Assert.IsType<Granted>(day.Does(new GrantBreak("1001", "lead", null, Time("09:55"))));
        day.At("09:54").Answers("1001", "support", "c1").Until("10:02").At("10:03").Completes("1001", "support", "c1").Until("10:03:30");
        // The slot moved to the end of the call and its wrap-up, without a verdict.
        Assert.Equal((Time("10:03:30"), "c1"), (day["1001"].Ticket!.StartsAt!.Value, day["1001"].Ticket!.MovedBehind!.Id));
        Assert.Empty(day.Verdicts);
        day.At(begins).Pauses("1001", "support", "short").At("10:25").Resumes("1001", "support").Ticks("10:59:59");
        var hourly = day.Verdicts.Values.SingleOrDefault(verdict => verdict.Rule == "hourly-break");
        Assert.Equal(opens, hourly is not null);
        if (hourly is null)
        {
            // It was the break of the hour before: the one that runs is still owed its own.
            Assert.Equal(Time("11:00"), day.Ticks("11:00:01").Verdicts.Values.Single(verdict => verdict.Rule == "hourly-break").OpenedAt);
            return;
        }

        Assert.Equal((Time("10:20"), Time(begins)), (hourly.OpenedAt, hourly.ClosedAt!.Value));
        Assert.Contains("09:54:00 的通话(队列 support,c1)至 10:03:30 顺延至 10:20:00", hourly.Text.Zh, StringComparison.Ordinal);
    }

    [Fact]
    public void Example_4_without_a_slot_the_switchs_own_pause_after_the_call_counts_for_the_hour()
    {
        var day = Wang().At("09:54").Answers("1001", "support", "c1").Ticks("10:01").At("10:03").Completes("1001", "support", "c1").Ticks("10:04");
        day = Rests(day, "10:05", "10:10").Ticks("10:59:59");
        Assert.Empty(day.Verdicts);
    }

    [Fact]
    public void Example_6_midnight_begins_no_hour_and_a_night_shift_is_counted_from_its_start()
    {
        var day = new Day(Shift("22:00", "06:00"), new HourlyBreak(), new BreakQuota()).At("22:04").Joins("1001", "support");
        day = Rests(day, "22:50", "22:53");
        day = Rests(day, "23:57", "23:59:59");
        var midnight = Time("00:00").AddDays(1);
        // Within the hour from 23:00 on three minutes are gone, on either side of midnight.
        Assert.Equal(Time("23:00"), BreakHour.Of(day["1001"], day.State.Setup, Time("23:59:59"))!.Since);
        Assert.Equal(midnight, BreakHour.Of(day["1001"], day.State.Setup, midnight)!.Since);
        day.At(midnight.AddMinutes(59)).Ticks();
        Assert.Empty(day.Verdicts);
        day.At(midnight.AddHours(1)).Ticks();
        Assert.Equal(midnight.AddHours(1), day.Only.OpenedAt);
    }

    [Theory]
    [InlineData("2026-10-24", 0)]
    [InlineData("2026-03-28", 1)]
    public void Example_6_the_clock_change_of_a_zone_neither_adds_nor_removes_a_break(string date, int hours)
    {
        var setup = Shift("22:00", "06:00") with { TimeZone = "Europe/Berlin" };
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
        var start = new DateTimeOffset(TimeZoneInfo.ConvertTimeToUtc(DateTime.Parse(date + "T22:00", null), zone), TimeSpan.Zero);
        var day = new Day(setup, new HourlyBreak()).At(start).Joins("1001", "support");
        var seen = new HashSet<DateTimeOffset>();
        for (var at = start; at < start.AddHours(7); at = at.AddMinutes(10)) seen.Add(BreakHour.Of(day["1001"], setup, at)!.Since);
        Assert.Equal(Enumerable.Range(0, 7).Select(i => start.AddHours(i)), seen.Order());
        Assert.Equal(9 - hours * 2, (Roster.Of(setup, "1001", start)!.EndsAt - start).TotalHours);
    }

    [Fact]
    public void The_hours_of_a_shift_are_judged_and_neither_what_comes_before_nor_the_part_at_its_end()
    {
        var day = new Day(Shift("09:30", "12:00"), new HourlyBreak()).At("08:20").Joins("1001", "support").Ticks("10:29:59");
        Assert.Empty(day.Verdicts);
        day.Ticks("10:30");
        Assert.Equal(Time("10:30"), day.Only.OpenedAt);
        day = Rests(day, "11:00", "11:05").Ticks("13:30");
        Assert.Equal(Time("11:00"), day.Only.ClosedAt);
    }

    [Theory]
    [InlineData(true, "10:20")]
    [InlineData(false, "10:00")]
    public void A_slot_at_the_hours_end_may_be_used_after_it_and_who_still_waits_for_room_was_given_none(bool hasSlot, string opens)
    {
        var day = Wang().At("09:57");
        day.Tell(hasSlot
            ? new BreakPlanned(day.Now, "1001", "short", Time("09:00"), Time("09:58"), Time("10:03"), "1001")
            : new BreakRequested(day.Now, "1001", "short", Time("09:00"), "1001"));
        // The switch brings a call at once, so that the slot moves on and on and is not over.
        if (hasSlot) day.At("09:57:30").Answers("1001", "support", "c1");
        else Assert.Equal(Time(opens), day.At("10:00:00.200").Tell(new HandRaised(day.Now, "1001")).Only.OpenedAt);
        if (!hasSlot) return;
        day.At("10:05").Completes("1001", "support", "c1").Ticks("10:19:59");
        Assert.Empty(day.Verdicts);
        day.Ticks("10:20:01");
        Assert.Equal(Time(opens), day.Only.OpenedAt);
    }

    [Fact]
    public void Who_signs_out_is_owed_nothing_more()
    {
        var day = Wang().Ticks("10:00:01").At("10:10").Leaves("1001", "support").Ticks("10:10:01").Ticks("12:00");
        Assert.Equal(Time("10:10"), day.Only.ClosedAt);
    }

    [Theory]
    [InlineData("09:15", 1)]
    [InlineData("09:15:01", 0)]
    public void A_late_comers_first_hour_is_judged_from_three_quarters_on(string signIn, int verdicts)
    {
        var day = new Day(Shift("09:00", "18:00"), new HourlyBreak()).At(signIn).Joins("1001", "support").Ticks("10:00:01");
        Assert.Equal(verdicts, day.Verdicts.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Example_6_coming_back_to_the_shift_begins_no_new_account_of_its_hour(bool inAGap)
    {
        var day = new Day(Shift("09:00", "18:00"), new HourlyBreak(), new BreakQuota()).At("09:00").Joins("1001", "support");
        day = Rests(Rests(day, "09:30", "09:34"), "10:02", "10:07");
        if (inAGap)
            day.At("10:08").Lost().At("10:12").Synced(null, Seen("1001", "support") with { SignedInAt = Time("10:10") });
        else
            day.At("10:08").Leaves("1001", "support").At("10:10").Joins("1001", "support");
        Assert.Equal(Time("10:10"), day["1001"].Session!.SignedInAt);
        Assert.Equal("break-quota", Assert.IsType<Refused>(day.At("10:45").Ask(new TakeBreak("1001", "1001", "short"))).Rule);
        Assert.Empty(day.Ticks("11:00:01").Verdicts);
        Assert.IsType<Granted>(day.Ask(new TakeBreak("1001", "1001", "short")));
    }

    [Fact]
    public void Without_a_roster_the_hours_begin_with_the_sign_in_and_so_does_their_account()
    {
        var day = Rests(new Day(new BreakQuota()).At("09:00").Joins("1001", "support"), "10:02", "10:07").At("10:08").Leaves("1001", "support").At("10:10").Joins("1001", "support");
        Assert.Empty(day["1001"].EndedBreaks);
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public void A_break_that_the_monitor_took_off_was_not_given_and_one_that_the_agent_ended_was(bool tookOff, int verdicts)
    {
        var day = new Day(new HourlyBreak(), new SettleIn { Mode = tookOff ? EnforcementMode.Revert : EnforcementMode.Watch }) { Obeys = true }
            .At("09:00").Joins("1001", "support").At("09:10").Pauses("1001", "support", "short");
        if (!tookOff) day.At("09:10:10").Resumes("1001", "support");
        Assert.Null(day["1001"].Break);
        day.Ticks("10:00:01");
        Assert.Equal(verdicts, day.Verdicts.Values.Count(verdict => verdict.Rule == "hourly-break"));
    }

    [Fact]
    public void A_break_that_the_switch_did_not_take_off_goes_on_and_was_given()
    {
        var day = new Day(new HourlyBreak(), new SettleIn { Mode = EnforcementMode.Revert }).At("09:00").Joins("1001", "support").At("09:10").Pauses("1001", "support", "short");
        day.Tell(day.Enforcements.Single().Event with { Step = EnforcementStep.Failed, Note = "no answer", Entry = 0 });
        day.At("09:15").Resumes("1001", "support").Ticks("10:00:01");
        Assert.DoesNotContain(day.Verdicts.Values, verdict => verdict.Rule == "hourly-break");
    }
}
