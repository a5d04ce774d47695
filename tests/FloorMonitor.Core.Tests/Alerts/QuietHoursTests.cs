using FloorMonitor.Core.Alerts;
using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Rules;
using static FloorMonitor.Core.Tests.Alerts.AlertScene;

namespace FloorMonitor.Core.Tests.Alerts;

public sealed class QuietHoursTests
{
    private static readonly QuietHours Night = new(TimeSpan.FromHours(22), TimeSpan.FromHours(7), [Severity.Critical]);

    private readonly AlertScene scene = new(People with { Quiet = Night, Routes = [new() { To = ["lead", "duty"] }] });

    [Theory]
    [InlineData("13:59:59", false)] // 21:59:59 in Shanghai
    [InlineData("14:00:00", true)]
    [InlineData("16:00:00", true)]
    [InlineData("22:59:59", true)]
    [InlineData("23:00:00", false)]
    public void Hours_are_by_the_sites_clock_and_pass_midnight(string utc, bool isQuiet)
    {
        var setup = FloorSetup.Default with { TimeZone = "Asia/Shanghai" };
        Assert.Equal(isQuiet, Night.Holds(Severity.Warning, At(utc), setup));
        Assert.False(Night.Holds(Severity.Critical, At(utc), setup));
    }

    [Fact]
    public void Hours_within_a_day_hold_within_it()
    {
        var noon = new QuietHours(TimeSpan.FromHours(12), TimeSpan.FromHours(13), []);
        Assert.True(noon.Holds(Severity.Critical, At("12:30:00"), FloorSetup.Default));
        Assert.False(noon.Holds(Severity.Critical, At("13:00:00"), FloorSetup.Default));
    }

    [Fact]
    public void What_still_goes_on_when_they_end_is_told_then_and_the_screens_never_wait()
    {
        var late = Late("1001", "15:00:00");
        Assert.Empty(scene.Change("15:00:00", late));
        Assert.Single(scene.Last.Screens);
        Assert.Empty(scene.Tick("22:59:59"));
        Assert.Equal(["opened email lead@x", "opened email duty@x"], scene.Tick("23:00:00"));
        Assert.Empty(scene.Tick("23:00:01"));
        Assert.Equal(["over email lead@x", "over email duty@x"], scene.Change("23:30:00", Closed(late, "23:30:00")));
    }

    [Fact]
    public void What_is_over_or_acknowledged_by_then_wakes_nobody()
    {
        var (first, second) = (Late("1001", "15:00:00"), Late("2001", "15:00:00"));
        scene.Change("15:00:00", first, second);
        Assert.Empty(scene.Change("16:00:00", Closed(first, "16:00:00")));
        scene.Decide(new AlertAcknowledged(At("16:00:01"), scene.Book.Alerts["late:B"].Id, "d"));
        Assert.Empty(scene.Tick("23:00:00"));
    }

    [Fact]
    public void What_is_critical_is_told_at_any_hour() =>
        Assert.Equal(["opened email lead@x", "opened email duty@x"], scene.Change("15:00:00", Late("1001", "15:00:00", Severity.Critical)));

    [Fact]
    public void A_person_may_have_hours_of_their_own()
    {
        var always = new QuietHours(TimeSpan.Zero, TimeSpan.Zero, []);
        scene.Settings = scene.Settings with { People = [.. scene.Settings.People.AsSpan().ToArray().Select(one => one.Id == "d" ? one with { Quiet = always } : one)] };
        Assert.Equal(["opened email duty@x"], scene.Change("15:00:00", Late("1001", "15:00:00")));
    }
}
