using System.Reflection;
using System.Runtime.CompilerServices;
using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Rules;
using static FloorMonitor.Core.Tests.Floor.Story;

namespace FloorMonitor.Core.Tests.Floor;

/// <summary>What the house says: configuration, hands, duty, what the monitor does at the switch; and that nothing goes unfolded.</summary>
public sealed class HouseTests
{
    private static readonly FloorSetup Configured = FloorSetup.Default with
    {
        Feeds = [new(Pbx, "ami")],
        Agents = [new("wang", "Wang", "a", "PJSIP/1001"), new("li", "Li", "a", "PJSIP/1002")],
    };

    [Fact]
    public void Every_kind_of_event_has_an_arm()
    {
        var kinds = typeof(FloorEvent).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(FloorEvent)) && !type.IsAbstract).ToList();
        Assert.True(kinds.Count >= 23);
        foreach (var kind in kinds)
        {
            if (kind == typeof(FeedSynced) || kind == typeof(FloorConfigured) || kind == typeof(MemberJoined) || kind == typeof(PhoneSeen)) continue;
            var e = (FloorEvent)RuntimeHelpers.GetUninitializedObject(kind);
            foreach (var text in kind.GetProperties(BindingFlags.Instance | BindingFlags.Public).Where(property => property.PropertyType == typeof(string)))
                text.SetValue(e, "x");
            Assert.NotNull(FloorFold.Apply(new Story().State, e with { At = Time("10:00") }));
        }
    }

    [Fact]
    public void Configured_agents_exist_signed_out_before_anybody_saw_them()
    {
        var floor = new Story(Configured, synced: false);
        Assert.Equal((AgentState.SignedOut, "1001", null), (floor["wang"].State, floor["wang"].Seat, floor["wang"].Session));
    }

    [Fact]
    public void A_new_configuration_keeps_what_lives()
    {
        var floor = new Story(Configured).At("09:00").Joins("wang", "support").Joins("li", "support").At("09:30").Pauses("wang", "support", "short");
        floor.CallerJoins("support", "c1");
        var changed = Configured with
        {
            Agents = [new("wang", "Wang Wei", "b", "PJSIP/1001"), new("zhao", "Zhao", null, "PJSIP/1003")],
            Queues = [new("support", "Support desk", TimeSpan.FromSeconds(30), ServiceLevelFormula.Asterisk)],
        };
        floor.At("10:00").Tell(new FloorConfigured(floor.Now, changed));
        Assert.Equal(("Wang Wei", "b", AgentState.OnBreak, Time("09:30")), (floor["wang"].Name, floor["wang"].Team, floor["wang"].State, floor["wang"].Since));
        Assert.Equal((AgentState.Available, null), (floor["li"].State, floor["li"].Team));
        var queue = floor.State.Queues["support"];
        Assert.Equal(("Support desk", 30.0, ServiceLevelFormula.Asterisk, 1), (queue.Label, queue.ServiceLevelWithin.TotalSeconds, queue.Formula, queue.Counters.Offered));
        floor.Tell(new FloorConfigured(floor.Now, changed with { Agents = [] }));
        Assert.Equal(["li", "wang"], floor.State.Agents.Keys.Order());
    }

    [Fact]
    public void A_feed_that_is_configured_no_more_takes_its_part_along_and_blames_nobody()
    {
        var floor = new Story(Configured).At("09:00").Joins("wang", "support").CallerJoins("support", "c1");
        floor.At("10:00").Tell(new FloorConfigured(floor.Now, Configured with { Feeds = [] }));
        Assert.Empty(floor.State.Feeds);
        Assert.Equal((AgentState.SignedOut, true), (floor["wang"].State, floor["wang"].Session!.LeftUnseen));
        Assert.True(floor.State.Queues["support"].Waiting.IsEmpty);
    }

    [Fact]
    public void A_hand_stays_up_until_somebody_lowers_it()
    {
        var floor = new Story(Configured).At("09:00").Tell(new HandRaised(Time("09:00"), "wang")).At("09:05").Tell(new HandRaised(Time("09:05"), "wang"));
        Assert.Equal(Time("09:00"), floor["wang"].HandRaisedAt);
        floor.Tell(new HandLowered(Time("09:06"), "wang", "lead"));
        Assert.Null(floor["wang"].HandRaisedAt);
        Assert.Equal(2, floor.Tell(new HandRaised(Time("09:07"), "nobody")).State.Agents.Count);
    }

    [Fact]
    public void The_duty_is_somebodys_until_it_is_anothers()
    {
        var floor = new Story().Tell(new DutyTaken(Time("09:00"), "chen")).Tell(new DutyTaken(Time("09:10"), "chen"));
        Assert.Equal(("chen", Time("09:00")), (floor.State.Duty!.Holder, floor.State.Duty.Since));
        Assert.Null(floor.Tell(new DutyTaken(Time("09:20"), null)).State.Duty);
    }

    [Theory]
    [InlineData(EnforcementStep.Restore, "09:00")]
    [InlineData(EnforcementStep.LimitReached, "09:10:05")]
    public void Only_a_member_who_is_put_back_keeps_the_session(EnforcementStep step, string signedInAt)
    {
        var floor = new Story().At("09:00").Joins("wang", "support").At("09:10").Leaves("wang", "support");
        floor.At("09:10:01").Tell(new EnforcementTaken(floor.Now, "v", "wang", "", step, "")).At("09:10:05").Joins("wang", "support");
        Assert.Equal(Time(signedInAt), floor["wang"].Session!.SignedInAt);
        Assert.Equal(step == EnforcementStep.Restore ? 1 : 0, floor["wang"].Reverts.Count);
        Assert.False(floor["wang"].Session!.BeingRestored);
    }

    [Fact]
    public void A_restoring_that_failed_or_never_came_back_restores_nothing_later()
    {
        var floor = new Story().At("09:00").Joins("wang", "support").At("09:10").Leaves("wang", "support");
        floor.At("09:10:01").Tell(new EnforcementTaken(floor.Now, "v", "wang", "", EnforcementStep.Restore, "")).At("09:30").Joins("wang", "support");
        Assert.Equal(Time("09:30"), floor["wang"].Session!.SignedInAt);
        floor.At("09:40").Leaves("wang", "support").At("09:40:01").Tell(new EnforcementTaken(floor.Now, "v", "wang", "", EnforcementStep.Restore, ""));
        floor.At("09:40:02").Tell(new EnforcementTaken(floor.Now, "v", "wang", "", EnforcementStep.Failed, "refused")).At("09:40:03").Joins("wang", "support");
        Assert.Equal(Time("09:40:03"), floor["wang"].Session!.SignedInAt);
    }

    [Fact]
    public void A_sign_out_from_several_queues_is_one_act_and_remembers_them_all()
    {
        var floor = new Story().At("09:00").Joins("wang", "support").Joins("wang", "sales").Joins("wang", "vip");
        floor.At("09:05").Leaves("wang", "vip").At("09:10:00.000").Leaves("wang", "support").At("09:10:00.050").Leaves("wang", "sales");
        Assert.Equal(["support", "sales"], floor["wang"].Session!.LeftMembers.ToArrayForTest().Select(member => member.Queue));
        Assert.Equal(Time("09:10:00.050"), floor["wang"].Session!.LeftAt);
    }

    [Fact]
    public void Absurd_durations_and_endless_strangers_harm_nothing()
    {
        var floor = new Story().At("09:00").Joins("wang", "support");
        foreach (var span in new[] { TimeSpan.MaxValue, TimeSpan.MinValue, TimeSpan.MaxValue })
        {
            floor.CallerJoins("support", "c" + floor.Journal.Count).Tell(new CallerAbandoned(floor.Now, Pbx, "support", "c" + (floor.Journal.Count - 1), span));
            floor.Tell(new CallCompleted(floor.Now, Pbx, "wang", "support", "x" + floor.Journal.Count, span, CallEnd.Unknown));
            floor.Tell(new MemberStatusChanged(floor.Now, Pbx, "wang", "support", PhoneState.Idle, false, span, null));
        }

        for (var i = 0; i < 2_200; i++) floor.Tell(new CallerJoined(floor.Now, Pbx, "support", "flood-" + i, null));
        for (var i = 0; i < 4_200; i++) floor.Tell(new CallDialed(floor.Now.AddMilliseconds(i), Pbx, "dial-" + i, "y", null, null, CallDirection.Outbound, null));
        Assert.Equal((2_000, 200), (floor.State.Queues["support"].Waiting.Count, floor.State.Queues["support"].Counters.Missed));
        Assert.Equal(4_096, floor.State.DialedCalls.Count);
        FloorInvariants.Hold(floor.State);
    }
}
