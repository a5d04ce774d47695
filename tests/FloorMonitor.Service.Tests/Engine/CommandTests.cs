using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Gate;
using FloorMonitor.Core.Rules;
using FloorMonitor.Pbx;
using FloorMonitor.Service.Engine;
using FloorMonitor.Service.Tests.Support;

namespace FloorMonitor.Service.Tests.Engine;

public sealed class CommandTests
{
    private static readonly DateTimeOffset At = Floors.Start;
    private static readonly DateTimeOffset Morning = At.AddHours(-1);

    [Fact]
    public async Task A_granted_break_is_done_at_the_switch_and_answered_once_its_event_is_back()
    {
        using var engine = await Signed(Morning);
        var asked = engine.Ask(new TakeBreak("1001", "1001", "meal"));
        var action = await DoneAsync(engine);
        Assert.Equal(new SetPause("pbx", "PJSIP/1001", action.Queue, true, action.Reason), action);
        Assert.False(asked.IsCompleted);

        engine.Say(Floors.Said(new MemberPaused(At, "pbx", "1001", "support", action.Reason, At)));
        var done = Assert.IsType<CommandDone>(await asked);
        Assert.Equal(AgentState.OnBreak, done.Agent!.State);
        Assert.Equal("meal", done.Agent.Break!.Kind);
    }

    [Fact]
    public async Task What_finds_no_room_on_its_way_to_the_switch_was_not_granted_and_holds_no_place()
    {
        using var engine = await Signed(Morning);
        engine.Feeds["pbx"].Answer = (_, _) => new TaskCompletionSource<ControlResult>().Task;
        engine.Desk.TryTake("1001", [new SetPause("pbx", "PJSIP/1001", null, false, "")], _ => { });
        await DoneAsync(engine);
        while (engine.Desk.TryTake("1001", [new SetPause("pbx", "PJSIP/1001", null, false, "")], _ => { }))
        {
        }

        Assert.IsType<TooBusy>(await engine.Ask(new TakeBreak("1001", "1001", "meal")));
        Assert.Null(engine.State.Agents["1001"].Ticket);
        List<GateAnswered> trail;
        lock (engine.Store.Journal) trail = [.. engine.Store.Journal.SelectMany(entry => entry.Events.AsSpan().ToArray()).OfType<GateAnswered>()];
        Assert.Equal([GateVerdict.Failed], trail.Select(said => said.Answer));
    }

    [Fact]
    public async Task A_switch_that_says_yes_and_shows_nothing_is_believed_after_a_while()
    {
        using var engine = await Signed(Morning);
        var asked = engine.Ask(new TakeBreak("1001", "1001", "meal"));
        await DoneAsync(engine);
        while (!asked.IsCompleted)
        {
            engine.Time.Advance(FloorEngine.EffectWithin);
            await Task.Yield();
        }

        Assert.Equal(AgentState.Available, Assert.IsType<CommandDone>(await asked).Agent!.State);
    }

    [Fact]
    public async Task A_refusal_names_rule_clause_sentence_and_instant_and_nothing_reaches_the_switch()
    {
        using var engine = await Signed(At);
        var refused = Assert.IsType<CommandRefused>(await engine.Ask(new TakeBreak("1001", "1001", "short"))).Refusal;
        Assert.Equal("settle-in", refused.Rule);
        Assert.Equal("D3.2", refused.Clause);
        Assert.Equal(At.AddMinutes(30), refused.AllowedAt);
        Assert.Empty(engine.Feeds["pbx"].Done);
    }

    [Fact]
    public async Task What_the_switch_refuses_is_answered_in_its_words()
    {
        using var engine = await Signed(Morning);
        engine.Feeds["pbx"].Answer = (_, _) => Task.FromResult(new ControlResult(false, "Interface not found"));
        Assert.Equal(new SwitchRefused("pbx", "Interface not found"), await engine.Ask(new TakeBreak("1001", "1001", "meal")));
    }

    [Fact]
    public async Task A_switch_that_does_not_answer_is_said_to_be_silent_and_the_floor_does_not_wait_for_it()
    {
        using var engine = await Signed(Morning);
        engine.Feeds["pbx"].Answer = (_, _) => new TaskCompletionSource<ControlResult>().Task;
        var asked = engine.Ask(new TakeBreak("1001", "1001", "meal"));
        await DoneAsync(engine);
        engine.Say(Floors.Said(new MemberPaused(At, "pbx", "1002", "support", "meal", At)));
        Assert.Equal(AgentState.OnBreak, engine.State.Agents["1002"].State);

        while (!asked.IsCompleted)
        {
            engine.Time.Advance(ControlDesk.AnswerWithin);
            await Task.Yield();
        }

        Assert.Equal(new SwitchSilent("pbx"), await asked);
    }

    [Fact]
    public async Task More_commands_than_may_wait_are_answered_too_busy()
    {
        using var engine = await Signed(Morning);
        engine.Feeds["pbx"].Answer = (_, _) => new TaskCompletionSource<ControlResult>().Task;
        var answers = Enumerable.Range(0, 80).Select(_ => engine.Ask(new TakeBreak("1001", "1001", "meal"))).ToList();
        Assert.IsType<TooBusy>(await answers[^1]);
        Assert.InRange(answers.Count(answer => answer.IsCompleted), 1, 16);
    }

    [Fact]
    public async Task Nobody_is_asked_for_whom_there_is_nobody() =>
        Assert.Equal(new NobodyOfThatId("4711"), await (await Signed(Morning)).Ask(new RaiseHand("4711", "4711")));

    [Fact]
    public async Task A_hand_goes_up_as_an_event_of_the_house_and_comes_down_with_the_name_of_who_lowered_it()
    {
        using var engine = await Signed(Morning);
        var up = Assert.IsType<CommandDone>(await engine.Ask(new RaiseHand("1001", "1001")));
        Assert.Equal(At, up.Agent!.HandRaisedAt);
        var down = Assert.IsType<CommandDone>(await engine.Ask(new LowerHand("1001", "lead")));
        Assert.Null(down.Agent!.HandRaisedAt);
        Assert.Equal("lead", Assert.IsType<HandLowered>(engine.Store.Journal[^1].Events[0]).By);
        Assert.Empty(engine.Feeds["pbx"].Done);
    }

    [Fact]
    public async Task The_duty_is_taken_handed_over_and_accepted_but_not_handed_over_by_nobody()
    {
        using var engine = await Signed(Morning);
        Assert.IsType<CommandRefused>(await Ask(engine, new HandOverDuty("anna", "bo")));
        Assert.IsType<CommandDone>(await Ask(engine, new TakeDuty("anna")));
        Assert.Equal("anna", engine.State.Duty!.Holder);
        Assert.IsType<CommandDone>(await Ask(engine, new HandOverDuty("anna", "bo")));
        Assert.Equal("anna", engine.State.Duty!.Holder);
        Assert.IsType<CommandDone>(await Ask(engine, new AcceptDuty("bo")));
        Assert.Equal("bo", engine.State.Duty!.Holder);
    }

    [Fact]
    public async Task Who_is_taken_out_behind_the_gates_back_is_put_back_and_the_session_goes_on()
    {
        using var engine = await Signed(At.AddMinutes(-10));
        var opened = new List<Verdict>();
        using var alerts = engine.Board.Opened.Subscribe(verdicts => opened.AddRange(verdicts));
        engine.Say(Floors.Said(new MemberLeft(At, "pbx", "1001", "support"), "Event: QueueMemberRemoved"));
        Assert.Equal(AgentState.SignedOut, engine.State.Agents["1001"].State);
        engine.Pass(TimeSpan.FromMilliseconds(600));

        var join = Assert.IsType<JoinQueue>(await NextDoneAsync(engine));
        Assert.Equal(("PJSIP/1001", "support"), (join.Address, join.Queue));
        Assert.Equal(EnforcementStep.Restore, Assert.Single(Taken(engine)).Step);
        var verdict = Assert.Single(opened);
        Assert.Equal(("settle-in", At), (verdict.Rule, verdict.OpenedAt));
        var evidence = engine.Store.Journal.Where(entry => verdict.Evidence.Contains(entry.Id)).Select(entry => entry.Raw);
        Assert.Contains("Event: QueueMemberRemoved", evidence);

        engine.Say(Floors.Said(new MemberJoined(At.AddSeconds(1), "pbx", Floors.Member("1001", "support", At.AddSeconds(1)))));
        Assert.Equal(AgentState.Available, engine.State.Agents["1001"].State);
        Assert.Equal(At.AddMinutes(-10), engine.State.Agents["1001"].Session!.SignedInAt);
    }

    [Fact]
    public async Task A_switch_that_will_not_put_somebody_back_is_written_into_the_journal()
    {
        using var engine = await Signed(At.AddMinutes(-10));
        engine.Feeds["pbx"].Answer = (_, _) => Task.FromResult(new ControlResult(false, "Permission denied"));
        engine.Say(Floors.Said(new MemberLeft(At, "pbx", "1001", "support")));
        engine.Pass(TimeSpan.FromMilliseconds(600));
        while (Taken(engine).Count < 2)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            engine.Work();
            await Task.Yield();
        }

        var steps = Taken(engine);
        Assert.Equal([EnforcementStep.Restore, EnforcementStep.Failed], steps.Select(taken => taken.Step));
        Assert.Equal("Permission denied", steps[1].Note);
    }

    private static List<EnforcementTaken> Taken(EngineUnderTest engine) =>
        [.. engine.Store.Journal.SelectMany(entry => entry.Events.AsSpan().ToArray()).OfType<EnforcementTaken>()];

    private static async Task<EngineUnderTest> Signed(DateTimeOffset since)
    {
        var engine = await new EngineUnderTest().StartAsync();
        engine.Say(Floors.Synced("pbx", At, Floors.Member("1001", "support", since), Floors.Member("1002", "support", Morning)));
        return engine;
    }

    private static Task<CommandAnswer> Ask(EngineUnderTest engine, HouseCommand command)
    {
        var answer = new TaskCompletionSource<CommandAnswer>();
        Assert.True(engine.Inbox.TryPut(new HouseAsked(command, answer)));
        engine.Work();
        return answer.Task;
    }

    private static async Task<SetPause> DoneAsync(EngineUnderTest engine) => Assert.IsType<SetPause>(await NextDoneAsync(engine));

    private static async Task<PbxAction> NextDoneAsync(EngineUnderTest engine)
    {
        PbxAction? action;
        while (!engine.Feeds["pbx"].Done.TryDequeue(out action))
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        return action;
    }
}
