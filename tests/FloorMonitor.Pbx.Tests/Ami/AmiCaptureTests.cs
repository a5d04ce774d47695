using FloorMonitor.Core.Floor;
using FloorMonitor.Pbx.Ami;

namespace FloorMonitor.Pbx.Tests.Ami;

/// <summary>What a real Asterisk 22 said during a short day of two queues, and what it means.</summary>
public sealed class AmiCaptureTests
{
    private static readonly DateTimeOffset At = DateTimeOffset.FromUnixTimeSeconds(1795418200);

    private static byte[] Bytes => Capture("queue-day-22.10.ami");

    private static byte[] Capture(string name) => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Ami", "captures", name));

    private static List<FloorEvent> Events()
    {
        var translator = new AmiTranslator("main", new AgentDirectory(FloorSetup.Default), new SwitchClock());
        var parser = new AmiParser(AmiEventSet.Feed, AmiLimits.Default, expectBanner: false);
        return [.. Splits.Read(parser, Bytes).Select(message => translator.Translate(message, At)).OfType<FloorEvent>()];
    }

    [Fact]
    public void Every_message_of_the_capture_is_read_and_none_is_unknown()
    {
        var parser = new AmiParser(AmiEventSet.Feed, AmiLimits.Default, expectBanner: false);
        Splits.Read(parser, Bytes);
        Assert.Equal(409, parser.Messages);
        Assert.Equal(0, parser.Unknown);
    }

    [Fact]
    public void The_capture_reads_the_same_a_byte_at_a_time_and_in_any_chunks()
    {
        var whole = Splits.Read(new AmiParser(AmiEventSet.Feed, AmiLimits.Default, false), Bytes).Select(message => message.Text).ToList();
        foreach (var size in new[] { 1, 7, 64, 1000, 4096 })
        {
            var parser = new AmiParser(AmiEventSet.Feed, AmiLimits.Default, false);
            var chunked = Splits.Read(parser, [.. Bytes.Chunk(size)]).Select(message => message.Text);
            Assert.Equal(whole, chunked);
        }
    }

    [Fact]
    public void The_members_of_the_capture_sign_in_and_out()
    {
        var events = Events();
        Assert.Equal(["Li Wei", "Wang Fang", "张敏"], events.OfType<MemberJoined>().Select(joined => joined.Member.Name));
        Assert.All(events.OfType<MemberJoined>(), joined =>
        {
            Assert.Equal("support", joined.Member.Queue);
            Assert.False(joined.Member.IsStatic);
            Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1795418140), joined.Member.SignedInAt);
            Assert.Equal(PhoneState.Idle, joined.Member.Phone);
        });
        Assert.Equal(3, events.OfType<MemberLeft>().Count());
    }

    [Fact]
    public void The_pauses_of_the_capture_carry_their_reasons_and_the_switch_own_instants()
    {
        var events = Events();
        Assert.Equal(
            ["short-break", "meal", "meeting", "meeting", "meeting"], events.OfType<MemberPaused>().Select(paused => paused.Reason));
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1795418148), events.OfType<MemberPaused>().First().PausedAt);
        Assert.Single(events.OfType<MemberResumed>());
    }

    [Fact]
    public void The_calls_of_the_capture_are_told_from_join_to_completion()
    {
        var events = Events();
        Assert.Equal(["1795418141.0", "1795418142.4", "1795418151.8"], events.OfType<CallerJoined>().Select(joined => joined.Call));
        Assert.Equal(["13800001111", "13800002222"], events.OfType<CallAnswered>().Select(answered => answered.Party));
        Assert.Equal(TimeSpan.FromSeconds(3), Assert.Single(events.OfType<CallerAbandoned>()).Waited);
        Assert.Equal(3, events.OfType<CallerLeft>().Count());
        var completed = events.OfType<CallCompleted>().ToList();
        Assert.Equal([TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(3)], completed.Select(done => done.Talked));
        Assert.Equal([CallEnd.Agent, CallEnd.Agent], completed.Select(done => done.End));
        Assert.Empty(events.OfType<CallDialed>());
    }

    [Fact]
    public void A_completion_that_comes_after_the_hangup_names_no_call() =>
        Assert.Equal(["1795418141.0", null], Events().OfType<CallCompleted>().Select(done => done.Call));

    /// <summary>Two SIP phones of the house: 1001 calls 1002, then a number outside, with a hold in each call; timestampevents is on.</summary>
    [Fact]
    public void Calls_and_holds_of_real_phones_are_told_at_the_switch_own_instants()
    {
        var setup = FloorSetup.Default with { Agents = [new("wei", "Li Wei", null, "PJSIP/1001"), new("fang", "Wang Fang", null, "PJSIP/1002")] };
        var translator = new AmiTranslator("main", new AgentDirectory(setup), new SwitchClock());
        var messages = Splits.Read(new AmiParser(AmiEventSet.Feed, AmiLimits.Default), Capture("house-calls-22.10.ami"));
        var events = messages.Select(message => translator.Translate(message, At.AddSeconds(33940))).OfType<FloorEvent>().ToList();
        Assert.Equal(
            [
                "CallDialed Internal wei fang 1002", "CallPickedUp", "CallHeld", "CallUnheld", "CallHungUp",
                "CallDialed Outbound wei  013800001111", "CallPickedUp", "CallHeld", "CallUnheld", "CallHungUp",
            ],
            events.Select(e => e is CallDialed dialed ? $"CallDialed {dialed.Direction} {dialed.FromAgent} {dialed.ToAgent} {dialed.Party}" : e.GetType().Name));
        Assert.All(events.OfType<CallHeld>(), held => Assert.Equal("wei", held.Agent));
        Assert.Equal(DateTimeOffset.UnixEpoch.AddTicks(17954521241843490), events[0].At);
    }

    [Fact]
    public void A_snapshot_in_the_middle_of_a_real_call_shows_both_its_agents()
    {
        var setup = FloorSetup.Default with { Agents = [new("wei", "Li Wei", null, "PJSIP/1001"), new("fang", "Wang Fang", null, "PJSIP/1002")] };
        var snapshot = new AmiSnapshot();
        foreach (var message in Splits.Read(new AmiParser(AmiEventSet.Feed, AmiLimits.Default), Capture("house-calls-22.10.ami"))) snapshot.Add(message);
        var clock = new SwitchClock();
        var calls = snapshot.Build(new AmiTranslator("main", new AgentDirectory(setup), clock), clock, At, null).Calls;
        Assert.Equal(["fang 1001", "wei 1002"], calls.Select(call => $"{call.Agent} {call.Party}").Order(StringComparer.Ordinal));
        Assert.All(calls, call => Assert.Equal(CallDirection.Internal, call.Direction));
        Assert.Single(calls.Select(call => call.Call).Distinct());
    }
}
