using FloorMonitor.Core.Metrics;
using FloorMonitor.Core.Tests.Floor;
using static FloorMonitor.Core.Tests.Floor.Story;

namespace FloorMonitor.Core.Tests.Metrics;

public sealed class BreakHourTests
{
    [Fact]
    public void Hours_are_counted_from_the_sign_in()
    {
        var floor = new Story().At("09:10").Joins("wang", "support");
        var hour = BreakHour.Of(floor["wang"], floor.Setup, Time("11:09:59"))!;
        Assert.Equal((Time("10:10"), Time("11:10")), (hour.Since, hour.Until));
        Assert.Equal(Time("11:10"), BreakHour.Of(floor["wang"], floor.Setup, Time("11:10"))!.Since);
        Assert.Equal(TimeSpan.FromMinutes(5), hour.Entitled);
    }

    [Fact]
    public void Short_breaks_of_the_hour_add_up_and_the_running_one_counts_so_far()
    {
        var floor = new Story().At("09:00").Joins("wang", "support").At("10:00").Pauses("wang", "support", "short")
            .At("10:04:58").Resumes("wang", "support").At("10:05:03").Pauses("wang", "support", "小休");
        Assert.Equal(new TimeSpan(0, 4, 59), BreakHour.Of(floor["wang"], floor.Setup, Time("10:05:04"))!.Taken);
    }

    [Fact]
    public void A_break_across_two_hours_is_shared_between_them()
    {
        var floor = new Story().At("09:00").Joins("wang", "support").At("09:58").Pauses("wang", "support", "short").At("10:03").Resumes("wang", "support");
        Assert.Equal(TimeSpan.FromMinutes(3), BreakHour.Of(floor["wang"], floor.Setup, Time("10:30"))!.Taken);
        Assert.Equal(TimeSpan.FromMinutes(2) - TimeSpan.FromMilliseconds(1), BreakHour.Of(floor["wang"], floor.Setup, Time("09:59:59.999"))!.Taken);
    }

    [Theory]
    [InlineData("meal")]
    [InlineData("personal")]
    [InlineData("训练")]
    public void Other_kinds_do_not_count(string reason)
    {
        var floor = new Story().At("09:00").Joins("wang", "support").At("09:10").Pauses("wang", "support", reason);
        Assert.Equal(TimeSpan.Zero, BreakHour.Of(floor["wang"], floor.Setup, Time("09:30"))!.Taken);
    }

    [Fact]
    public void What_a_gap_hid_is_not_counted_as_taken()
    {
        var floor = new Story().At("09:00").Joins("wang", "support").At("09:10").Pauses("wang", "support", "short").At("09:12").Lost();
        floor.At("09:18").Synced(Of(Seen("wang", "support") with { Paused = true, PauseReason = "short" }));
        Assert.Equal(TimeSpan.FromMinutes(3), BreakHour.Of(floor["wang"], floor.Setup, Time("09:19"))!.Taken);
        // Nor once the break is over.
        floor.At("09:20").Resumes("wang", "support");
        Assert.Equal(TimeSpan.FromMinutes(4), BreakHour.Of(floor["wang"], floor.Setup, Time("09:30"))!.Taken);
    }

    [Fact]
    public void Who_is_signed_out_has_no_hour()
    {
        var floor = new Story().At("09:00").Joins("wang", "support").At("09:10").Leaves("wang", "support");
        Assert.Null(BreakHour.Of(floor["wang"], floor.Setup, Time("09:30")));
    }
}
