namespace FloorMonitor.EndToEnd.Tests.WholeWay;

/// <summary>Calls over real SIP, from the trunk to the wall's figures.</summary>
public sealed class CallTests
{
    [Fact]
    public async Task A_call_over_sip_is_answered_shown_and_counted()
    {
        await using var floor = await Floor.OpenAsync();
        await floor.Phones.AnswerAsync("1001", ringMs: 1000);
        await floor.AddAsync("PJSIP/1001", "support");
        await floor.Service.UntilAgentAsync("li", "available");
        await using var caller = floor.Phones.Call("600", TimeSpan.FromSeconds(6));
        await floor.Service.UntilAgentAsync("li", "ringing");
        var talking = await floor.Service.UntilAgentAsync("li", "onCall");
        Assert.Equal(("support", "inbound", true, "138****1234"), (talking.Call!.Queue, talking.Call.Direction, talking.Call.Answered, talking.Call.Party));
        await floor.AgreesAsync("during the call");
        var free = await floor.Service.UntilAsync(seen => seen.Agent("li").State == "available", "the call to end");
        var queue = free.Queue("support");
        Assert.Equal((1, 1, 0, 0), (queue.Offered, queue.Answered, queue.Abandoned, queue.Waiting));
        Assert.Null(free.Agent("li").Call);
        await floor.AgreesAsync("after the call");
    }

    [Fact]
    public async Task A_caller_who_hangs_up_while_waiting_is_an_abandoned_one()
    {
        await using var floor = await Floor.OpenAsync();
        await using var caller = floor.Phones.Call("600", TimeSpan.FromSeconds(3));
        var waiting = await floor.Service.UntilAsync(seen => seen.Queue("support").Waiting == 1, "the caller to wait");
        Assert.NotNull(waiting.Queue("support").OldestWaitSince);
        Assert.Equal(1, waiting.Totals.Waiting);
        var gone = await floor.Service.UntilAsync(seen => seen.Queue("support").Waiting == 0, "the caller to be gone");
        Assert.Equal((1, 0, 1), (gone.Queue("support").Offered, gone.Queue("support").Answered, gone.Queue("support").Abandoned));
        await floor.AgreesAsync("after it");
    }

    [Fact]
    public async Task A_call_that_rings_out_is_missed_by_the_agent_and_goes_on_waiting()
    {
        await using var floor = await Floor.OpenAsync();
        await floor.Phones.RingOutAsync("1002");
        await floor.AddAsync("PJSIP/1002", "support");
        await floor.Service.UntilAgentAsync("wang", "available");
        await using var caller = floor.Phones.Call("600", TimeSpan.FromSeconds(30));
        await floor.Service.UntilAgentAsync("wang", "ringing");
        await floor.Pbx.Driver.EventAsync("AgentRingNoAnswer");
        var missed = await floor.Service.UntilAsync(seen => seen.Agent("wang").State != "ringing", "the ring to be over");
        Assert.Equal(1, missed.Queue("support").Waiting);
        Assert.Equal(0, missed.Queue("support").Answered);
        // The other way to end it: the caller's program is gone, the trunk hangs up.
        await floor.Pbx.CliAsync("channel request hangup all");
        await floor.Service.UntilAsync(seen => seen.Queue("support") is { Waiting: 0, Abandoned: 1 }, "the caller to give up");
    }

    [Fact]
    public async Task A_call_hung_up_in_the_instant_of_its_answer_leaves_nobody_talking()
    {
        await using var floor = await Floor.OpenAsync();
        await floor.AddAsync("Local/2001@agents/n", "support");
        await floor.Service.UntilAgentAsync("zhao", "available");
        for (var round = 0; round < 3; round++)
        {
            var mark = floor.Pbx.Driver.Heard.Count;
            var channel = await floor.Pbx.CallAsync("600", $"1380000000{round}");
            await floor.Pbx.Driver.EventAsync("AgentConnect", after: mark);
            await floor.Pbx.HangUpAsync(channel);
            await floor.Service.UntilAsync(seen => seen.Agent("zhao") is { State: "available", Call: null } && seen.Queue("support").Waiting == 0, "the agent to be free");
        }

        var after = await floor.Service.FloorAsync(TestContext.Current.CancellationToken);
        Assert.Equal((3, 0), (after.Queue("support").Answered, after.Queue("support").Abandoned));
    }

    [Fact]
    public async Task Seats_that_call_each_other_are_an_internal_call()
    {
        await using var floor = await Floor.OpenAsync();
        await floor.Phones.AnswerAsync("1001");
        await floor.Phones.AnswerAsync("1002");
        await floor.AddAsync("PJSIP/1001", "support");
        await floor.AddAsync("PJSIP/1002", "support");
        await floor.Service.UntilAsync(seen => seen.Totals.Available == 2, "both to be there");
        var answer = await floor.Pbx.Driver.AskAsync("Originate",
            ("Channel", "PJSIP/1001"), ("Context", "inside"), ("Exten", "1002"), ("Priority", "1"), ("Async", "true"));
        Assert.Equal("Success", answer.Response);
        await floor.Service.UntilAsync(seen => seen.Totals.InternalCalls == 1 && seen.Agent("wang").State == "onCall", "the internal call");
        await floor.Pbx.CliAsync("channel request hangup all");
        await floor.Service.UntilAsync(seen => seen.Totals is { InternalCalls: 0, Available: 2 }, "its end");
    }

    [Fact]
    public async Task A_member_fixed_in_the_configuration_is_signed_in_while_the_phone_is_there()
    {
        await using var floor = await Floor.OpenAsync();
        await floor.Service.UntilAsync(seen => seen.Agent("chen").State == "signedOut", "nobody at the phone");
        await floor.Phones.AnswerAsync("1006");
        await floor.Service.UntilAgentAsync("chen", "available");
        await floor.Phones.UnregisterAsync("1006");
        await floor.Service.UntilAsync(seen => seen.Agent("chen").State is "signedOut", "the phone to be gone");
    }

    [Fact]
    public async Task A_phone_that_vanishes_is_unreachable_and_still_signed_in()
    {
        await using var floor = await Floor.OpenAsync();
        await floor.Phones.AnswerAsync("1001");
        await floor.AddAsync("PJSIP/1001", "support");
        await floor.Service.UntilAgentAsync("li", "available");
        await floor.Phones.UnregisterAsync("1001");
        var gone = await floor.Service.UntilAgentAsync("li", "unreachable");
        Assert.Equal(["support"], gone.Queues);
        await floor.Phones.RegisterAsync("1001");
        await floor.Service.UntilAgentAsync("li", "available");
    }
}
