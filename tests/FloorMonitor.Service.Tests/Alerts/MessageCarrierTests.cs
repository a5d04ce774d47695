using FloorMonitor.Core.Alerts;
using FloorMonitor.Core.Floor;
using FloorMonitor.Service.Alerts;
using FloorMonitor.Service.Engine;
using Microsoft.Extensions.Logging.Abstractions;

namespace FloorMonitor.Service.Tests.Alerts;

/// <summary>Messages between the floor and the outbox, with the monitor ended at every place in between.</summary>
public sealed class MessageCarrierTests : IAsyncDisposable
{
    private static readonly AlertSettings Settings = new() { Phones = "a" };

    private readonly LanesUnderTest lanes = new();
    private readonly EngineInbox inbox = new(100);
    private FloorState floor = FloorState.Empty;
    private long entry = 1;

    public MessageCarrierTests() => Tell(new FloorConfigured(Now, FloorSetup.Default with { Agents = [new("1001", "Anna", "A", "PJSIP/1001"), new("1002", "Bo", "A", "PJSIP/1002")] }));

    private DateTimeOffset Now => lanes.Time.GetUtcNow();

    public ValueTask DisposeAsync() => lanes.DisposeAsync();

    [Fact]
    public async Task What_stands_on_the_floor_goes_out_once_however_often_the_monitor_begins_anew()
    {
        Tell(new MessageSent(Now, "1001", "lead", "one"));
        // Killed between the journal and the outbox: the next one finds it on the floor.
        Carrier().Look(Settings);
        await LanesUnderTest.TriesAsync(lanes.A, 1);
        await Settled(1);
        Carrier().Look(Settings);
        Tell(new MessageSent(Now, "1001", "lead", "two"));
        Carrier().Look(Settings);
        await Settled(2);
        Assert.Equal(["message:m2", "message:m3"], lanes.A.Tries.Select(key => key[..10]));
        Assert.Equal(["Waiting", "Delivered", "Waiting", "Delivered"], Heard().Select(said => said.State.ToString()));
    }

    [Fact]
    public void What_was_written_while_phones_were_not_asked_for_is_not_sent_later()
    {
        Tell(new MessageSent(Now, "1001", "lead", "one"));
        Carrier().Look(new AlertSettings());
        Carrier().Look(Settings);
        Assert.Empty(lanes.Outbox.Waiting);
        Assert.Equal(2, lanes.Outbox.MessagesUpTo);
    }

    [Fact]
    public async Task A_journal_that_counts_from_less_again_loses_no_message_and_repeats_none()
    {
        Tell(new MessageSent(Now, "1001", "lead", "kept"));
        for (var i = 0; i < 5; i++) Tell(new MessageSent(Now, "1002", "lead", $"{i}"));
        Carrier().Look(Settings);
        await Settled(6);
        // A power cut took the journal's end, and a new message has an entry that was used before.
        var sent = Now;
        lanes.Time.Advance(TimeSpan.FromSeconds(5));
        floor = FloorState.Empty;
        entry = 1;
        Tell(new FloorConfigured(Now, FloorSetup.Default with { Agents = [new("1001", "Anna", "A", "PJSIP/1001")] }));
        Tell(new MessageSent(sent, "1001", "lead", "kept"));
        Tell(new MessageSent(Now, "1001", "lead", "new"));
        Carrier().Look(Settings);
        await LanesUnderTest.UntilAsync(() => lanes.Outbox.Delivered.Count == 7);
        Assert.Equal("lead: new", lanes.Outbox.Delivered[^1].Title);
    }

    [Fact]
    public void After_a_start_the_floor_hears_what_the_outbox_knows()
    {
        foreach (var (agent, text) in new[] { ("1001", "delivered"), ("1001", "dead"), ("1002", "tried"), ("1002", "fresh") }) Tell(new MessageSent(Now, agent, "lead", text));
        var messages = MessageDesk.Decide(floor, Settings, 0, Now);
        var entries = lanes.Outbox.Commit(floor.LastMessage, messages);
        lanes.Outbox.NoteDelivered(entries[0], "202 Accepted", handedOn: true);
        lanes.Outbox.NoteDead(entries[1], "404 Not Found");
        lanes.Outbox.NoteFailed(entries[2], counts: true, Now, "480 Gone");
        Carrier().Reconcile();
        Assert.Equal(
            [(PhoneDelivery.Accepted, "202 Accepted"), (PhoneDelivery.Failed, "404 Not Found"), (PhoneDelivery.Retrying, "480 Gone"), (PhoneDelivery.Waiting, "")],
            Heard().OrderBy(said => said.Message, StringComparer.Ordinal).Select(said => (said.State, said.Said)));
        // The outbox was lost, and one was under way.
        Tell(new MessageSent(Now, "1001", "lead", "lost"));
        Tell(new MessagePhoned(Now, "1001", $"m{floor.LastMessage}", PhoneDelivery.Waiting, ""));
        Carrier().Reconcile();
        Assert.Equal((PhoneDelivery.Failed, "what became of it is not known"), Heard().Where(said => said.Message == $"m{floor.LastMessage}").Select(said => (said.State, said.Said)).Single());
    }

    [Fact]
    public void What_the_writer_has_no_room_for_is_told_later_and_the_same_again_is_not_told()
    {
        Tell(new MessageSent(Now, "1001", "lead", "one"));
        var full = new EngineInbox(1);
        var teller = new MessageTeller(full, () => floor, lanes.Time);
        full.TryPut(new ClockTicked(Now));
        teller.Tell("1001", "m2", PhoneDelivery.Waiting, "");
        teller.Tell("1001", "m2", PhoneDelivery.Retrying, "480 Gone");
        Assert.IsType<ClockTicked>(Take(full));
        teller.TellOn();
        var told = Assert.IsType<MessagePhoned>(Assert.IsType<Noted>(Take(full)).Event);
        Assert.Equal(PhoneDelivery.Retrying, told.State);
        Tell(told);
        teller.Tell("1001", "m2", PhoneDelivery.Retrying, "480 Gone");
        Assert.Equal(0, full.Count);
    }

    [Fact]
    public void What_is_news_is_judged_by_what_the_writer_was_told_though_the_floor_does_not_show_it_yet()
    {
        Tell(new MessageSent(Now, "1001", "lead", "one"));
        Tell(new MessagePhoned(Now, "1001", "m2", PhoneDelivery.Failed, "404 Not Found"));
        var teller = new MessageTeller(inbox, () => floor, lanes.Time);
        for (var round = 0; round < 2; round++)
        {
            lanes.Time.Advance(TimeSpan.FromSeconds(1));
            // Sent again, and refused as before sooner than the writer came to the first of it.
            teller.Tell("1001", "m2", PhoneDelivery.Waiting, "");
            teller.Tell("1001", "m2", PhoneDelivery.Failed, "404 Not Found");
            teller.Tell("1001", "m2", PhoneDelivery.Failed, "404 Not Found");
            Assert.Equal([PhoneDelivery.Waiting, PhoneDelivery.Failed], Heard().Select(said => said.State));
            Assert.Equal(PhoneDelivery.Failed, floor.Agents["1001"].Messages[0].Phone!.State);
        }
    }

    [Fact]
    public async Task Of_words_for_which_the_outbox_has_no_room_the_desk_is_told()
    {
        await using var full = new LanesUnderTest(limits: new() { Waiting = 0 });
        using var meter = new AlertMeter();
        var carrier = new MessageCarrier(full.Outbox, full.Told(inbox, () => floor), full.Teller!, () => floor, full.Time);
        var engine = new AlertEngine(
            new(), full.Outbox, full.Lanes, carrier, new(new byte[32]), () => floor, _ => { }, full.Notes, meter, full.Time, NullLogger<AlertEngine>.Instance);
        engine.Apply(full.Config with { Settings = Settings });
        engine.Work();
        Assert.Empty(full.Notes.All);
        Tell(new MessageSent(Now, "1001", "lead", "one"));
        engine.Work();
        Assert.Equal("alerts-dead", Assert.Single(full.Notes.All).Key);
    }

    private static EngineItem Take(EngineInbox from)
    {
        Assert.True(from.Reader.TryRead(out var item));
        return item;
    }

    private MessageCarrier Carrier() => new(lanes.Outbox, lanes.Told(inbox, () => floor), lanes.Teller!, () => floor, lanes.Time);

    private void Tell(FloorEvent told) => floor = FloorFold.Apply(floor, told with { Entry = entry++ });

    private async Task Settled(int count)
    {
        await LanesUnderTest.UntilAsync(() => lanes.Outbox.Delivered.Count == count);
        await LanesUnderTest.UntilAsync(() => inbox.Count == 2 * count);
    }

    private List<MessagePhoned> Heard()
    {
        var heard = new List<MessagePhoned>();
        while (inbox.Reader.TryRead(out var item)) heard.Add((MessagePhoned)((Noted)item).Event);
        foreach (var said in heard) Tell(said);
        return heard;
    }
}
