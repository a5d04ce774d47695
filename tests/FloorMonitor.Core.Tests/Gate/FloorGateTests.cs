using System.Collections.Immutable;
using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Gate;
using FloorMonitor.Core.Rules;
using FloorMonitor.Core.Tests.Rules;
using static FloorMonitor.Core.Tests.Rules.Scene;

namespace FloorMonitor.Core.Tests.Gate;

public sealed class FloorGateTests
{
    private static readonly ImmutableArray<IFloorRule> Rules = RuleCatalogue.Defaults;
    private static readonly Agent Wang = SignedIn("09:00:00");

    private static FloorState FloorWith(params Agent[] agents) => new Scene().State with
    {
        Agents = agents.ToImmutableDictionary(agent => agent.Id),
        Queues = ImmutableDictionary<string, Queue>.Empty
            .Add("support", new() { Name = "support", Label = "客服" }).Add("sales", new() { Name = "sales", Label = "销售" }),
    };

    private static GateAnswer Ask(FloorCommand command, string now, params Agent[] agents) =>
        FloorGate.Ask(command, FloorWith(agents), Rules, At(now));

    private static Refused Refusal(GateAnswer answer) => Assert.IsType<Refused>(answer);

    private static ValueArray<PbxAction> Actions(GateAnswer answer) => Assert.IsType<Granted>(answer).Actions;

    [Fact]
    public void Worked_example_1_a_break_one_second_before_the_lock_ends_is_refused_with_the_time_that_is_left()
    {
        var refused = Refusal(Ask(new TakeBreak("1001", "1001", "short"), "09:29:59", Wang));
        Assert.Equal(("settle-in", "D3.2", At("09:30:00")), (refused.Rule, refused.Clause, refused.AllowedAt!.Value));
        Assert.Equal("签入后 29 分 59 秒申请小休,须满 30 分钟,还需 1 秒(三·一·3.2)", refused.Text.Zh);
        Assert.Equal("Short break asked 29 min 59 s after sign-in; 30 min are asked, 1 s to go (D3.2)", refused.Text.En);

        Assert.Equal([new SetPause(Pbx, "PJSIP/1001", null, true, "short")], Actions(Ask(new TakeBreak("1001", "1001", "short"), "09:30:00", Wang)));
        Assert.Equal([new SetPause(Pbx, "PJSIP/1001", null, true, "personal")], Actions(Ask(new TakeBreak("1001", "1001", "personal"), "09:05:00", Wang)));
    }

    [Theory]
    [InlineData("09:29:59", false)]
    [InlineData("09:30:00", true)]
    [InlineData("09:30:01", true)]
    public void A_sign_out_waits_for_the_lock(string now, bool granted)
    {
        var answer = Ask(new SignOut("1001", "1001"), now, Wang);
        if (granted)
            Assert.Equal([new LeaveQueue(Pbx, "PJSIP/1001", "support")], Actions(answer));
        else
            Assert.Equal("settle-in", Refusal(answer).Rule);
    }

    [Fact]
    public void A_break_is_known_by_its_kind_or_by_a_reason_that_means_it()
    {
        Assert.Equal([new SetPause(Pbx, "PJSIP/1001", null, true, "short")], Actions(Ask(new TakeBreak("1001", "1001", "小休"), "10:00:00", Wang)));
        Assert.Equal([new SetPause(Pbx, "PJSIP/1001", null, true, "personal")], Actions(Ask(new TakeBreak("1001", "1001", "个人"), "09:00:01", Wang)));
        Assert.Contains("short, meal, training, meeting, personal", Refusal(Ask(new TakeBreak("1001", "1001", "nap"), "10:00:00", Wang)).Text.En, StringComparison.Ordinal);
    }

    [Fact]
    public void On_a_call_a_break_is_granted_and_a_sign_out_waits_for_its_end()
    {
        var talking = OnCall(Wang, "10:00:00");
        Assert.Single(Actions(Ask(new TakeBreak("1001", "1001", "short"), "10:01:00", talking)));
        var refused = Refusal(Ask(new SignOut("1001", "1001"), "10:01:00", talking));
        Assert.Equal((null, "通话中,请在通话结束后签出"), (refused.Rule, refused.Text.Zh));
    }

    [Fact]
    public void A_sign_in_without_queues_goes_back_into_those_that_were_left_last()
    {
        var left = Left(Wang with { Members = [Member("support", At("09:00:00"), penalty: 2), Member("sales", At("09:00:00"))] }, "10:00:00");
        Assert.Equal(
            [new JoinQueue(Pbx, "PJSIP/1001", "support", 2, "王芳"), new JoinQueue(Pbx, "PJSIP/1001", "sales", 0, "王芳")],
            Actions(Ask(new SignIn("1001", "1001", []), "10:30:00", left)));
        Assert.Equal([new JoinQueue(Pbx, "PJSIP/1001", "sales", 0, "王芳")], Actions(Ask(new SignIn("1001", "1001", ["sales"]), "10:30:00", left)));
        Assert.Contains("sales, support", Refusal(Ask(new SignIn("1001", "1001", ["spport"]), "10:30:00", left)).Text.Zh, StringComparison.Ordinal);
    }

    [Fact]
    public void What_there_is_nothing_to_do_about_is_refused_in_plain_words()
    {
        var newcomer = Wang with { Session = null, Members = [], State = AgentState.SignedOut };
        Assert.Contains("name the queues", Refusal(Ask(new SignIn("1001", "1001", []), "10:00:00", newcomer)).Text.En, StringComparison.Ordinal);
        Assert.Equal("Already signed in", Refusal(Ask(new SignIn("1001", "1001", []), "10:00:00", Wang)).Text.En);
        Assert.Equal("Not signed in", Refusal(Ask(new SignOut("1001", "1001"), "10:00:00", newcomer)).Text.En);
        Assert.Equal("Not signed in", Refusal(Ask(new TakeBreak("1001", "1001", "short"), "10:00:00", newcomer)).Text.En);
        Assert.Equal("Not on a break", Refusal(Ask(new Resume("1001", "1001"), "10:00:00", Wang)).Text.En);
        Assert.Equal("There is no agent 9999", Refusal(Ask(new SignOut("9999", "9999"), "10:00:00", Wang)).Text.En);
        var resting = OnBreak(Wang, "short", "10:00:00", "10:05:00");
        Assert.Equal("Already on short break since 10:00:00", Refusal(Ask(new TakeBreak("1001", "1001", "short"), "10:01:00", resting)).Text.En);
        Assert.Empty(Actions(Ask(new TakeBreak("1001", "1001", "personal"), "10:01:00", OnBreak(Wang, "personal", "10:00:00", null))));
    }

    [Fact]
    public void With_the_link_down_nothing_can_be_done_and_it_says_which_link()
    {
        var floor = FloorWith(Wang) with
        {
            Feeds = ImmutableDictionary<string, Feed>.Empty.Add(Pbx, new(Pbx, "ami", FeedState.Lost, At("09:59:00"), null, "cut")),
        };
        var refused = Refusal(FloorGate.Ask(new TakeBreak("1001", "1001", "short"), floor, Rules, At("10:00:00")));
        Assert.Equal("The link to the PBX pbx is down: nothing can be done now", refused.Text.En);
        Assert.Empty(Actions(FloorGate.Ask(new RaiseHand("1001", "1001"), floor, Rules, At("10:00:00"))));
    }

    [Fact]
    public void A_resume_takes_off_every_pause()
    {
        var partly = Wang with { Members = [Member("support", At("09:00:00")) with { Paused = true, Reason = "short" }, Member("sales", At("09:00:00"))] };
        Assert.Equal([new SetPause(Pbx, "PJSIP/1001", null, false, "")], Actions(Ask(new Resume("1001", "1001"), "10:00:00", partly)));
    }

    [Theory]
    [InlineData("sign-out", "09:34:59", true)]
    [InlineData("sign-out", "09:35:00", false)]
    [InlineData("break", "09:10:00", false)]
    public void An_exception_lifts_the_refusal_of_what_it_allows_while_it_holds(string allow, string now, bool granted)
    {
        var wang = SignedIn("09:10:00") with { Grants = [new("g1", allow, "医院", "lead", At("09:05:00"), At("09:35:00"))] };
        Assert.Equal(granted, Ask(new SignOut("1001", "1001"), now, wang) is Granted);
        Assert.Equal(allow == "break", Ask(new TakeBreak("1001", "1001", "short"), now, wang) is Granted);
    }

    [Fact]
    public void Nobody_grants_to_themselves_nor_twice_nor_without_a_reason()
    {
        var give = new GiveGrant("1001", "lead", "sign-out", "医院", TimeSpan.FromMinutes(30));
        Assert.Empty(Actions(Ask(give, "09:05:00", Wang)));
        Assert.Contains("themselves", Refusal(Ask(give with { By = "1001" }, "09:05:00", Wang)).Text.En, StringComparison.Ordinal);
        Assert.Contains("sign-out, break, late", Refusal(Ask(give with { Allow = "nap" }, "09:05:00", Wang)).Text.Zh, StringComparison.Ordinal);
        Assert.Contains("reason", Refusal(Ask(give with { Reason = " " }, "09:05:00", Wang)).Text.En, StringComparison.Ordinal);
        Assert.Contains("1 min to 24 h", Refusal(Ask(give with { For = TimeSpan.FromHours(25) }, "09:05:00", Wang)).Text.En, StringComparison.Ordinal);
        var holds = Wang with { Grants = [new("g1", "sign-out", "医院", "lead", At("09:05:00"), At("09:35:00"))] };
        Assert.Contains("Granted already by lead", Refusal(Ask(give, "09:06:00", holds)).Text.En, StringComparison.Ordinal);
        Assert.Empty(Actions(Ask(new RevokeGrant("1001", "lead", "g1"), "09:06:00", holds)));
        Assert.Contains("used or over", Refusal(Ask(new RevokeGrant("1001", "lead", "g2"), "09:06:00", holds)).Text.En, StringComparison.Ordinal);
    }
}
