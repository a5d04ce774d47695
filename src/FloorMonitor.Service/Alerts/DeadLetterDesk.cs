using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Gate;
using FloorMonitor.Core.Rules;
using FloorMonitor.Service.Engine;
using FloorMonitor.Store.Outbox;

namespace FloorMonitor.Service.Alerts;

/// <summary>
/// What people do about messages that could not be delivered: send one again, send all of a channel again, drop one. Who asked, when and
/// what they were answered is journalled before anything is done, like every command: after a crash in between the trail says that it was
/// asked for, and the letter is still there. One at a time, so that what was looked at is what is acted on.
/// </summary>
internal sealed class DeadLetterDesk(AlertOutbox outbox, AlertLanes lanes, AlertRoad road, MessageTeller teller, EngineInbox writer, DeskNotes notes, TimeProvider time) : IDisposable
{
    private static readonly Refusal Gone = new(true, new(
        "没有这封未送达的通知:可能已被他人重发或清除,请刷新列表", "There is no such dead letter: somebody may have sent it again or dropped it; read the list anew"));

    private static readonly DeadLetterAnswer Busy = new(0, new("系统繁忙,请稍后再试", "The monitor is too busy; try again in a moment"), false) { IsBusy = true };

    // As the other doors wait for the writer; meanwhile nobody else is let in here.
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim one = new(1);

    /// <summary>By what a letter is called outside: its key names people's addresses.</summary>
    public static string IdOf(OutboxLetter letter) => AcknowledgementLinks.HashOf(Uri.EscapeDataString(letter.Key))[..22];

    /// <summary>Whether a letter can be sent again as things are; null where it can.</summary>
    public Text? Objection(OutboxLetter letter)
    {
        if (letter.Message is null) return new("这封通知由旧版本保存,没有正文,无法重发,只能清除", "It was kept by an older version without its text: it cannot be sent again, only dropped");
        return road.ChannelOf(letter.Target.Channel) is null ? NoChannel(letter.Target.Channel) : null;
    }

    /// <summary>Sends one again.</summary>
    public Task<DeadLetterAnswer> ResendAsync(string id, string by, GateDoor door, CancellationToken stop) => AloneAsync(async () =>
    {
        var letter = Find(id);
        var refusal = letter is null ? Gone : Objection(letter) is { } why ? new(false, why) : null;
        return await TellAsync(by, door, "resend-dead-letter", letter is null ? id : DetailOf(letter), refusal, stop) ?? Send([letter!]);
    }, stop);

    /// <summary>Sends all of a channel again.</summary>
    public Task<DeadLetterAnswer> ResendAllAsync(string channel, string by, GateDoor door, CancellationToken stop) => AloneAsync(async () =>
    {
        var letters = outbox.Dead.Where(letter => letter.Target.Channel == channel).ToList();
        var ready = letters.Where(letter => Objection(letter) is null).ToList();
        var refusal = letters.Count == 0
            ? new(true, new($"通道 {channel} 没有未送达的通知", $"The channel {channel} has no dead letters"))
            : ready.Count == 0 ? new Refusal(false, Objection(letters[0])!) : null;
        return await TellAsync(by, door, "resend-dead-letters", channel, refusal, stop) ?? Send(ready);
    }, stop);

    /// <summary>Drops one, with the reason.</summary>
    public Task<DeadLetterAnswer> DropAsync(string id, string reason, string by, GateDoor door, CancellationToken stop) => AloneAsync(async () =>
    {
        var letter = Find(id);
        var detail = $"{(letter is null ? id : DetailOf(letter))}: {reason}";
        if (await TellAsync(by, door, "drop-dead-letter", detail, letter is null ? Gone : null, stop) is { } refused) return refused;
        outbox.Drop(letter!.Key);
        DeadLetterNote.Show(outbox, notes);
        return new(1, null, false);
    }, stop);

    /// <inheritdoc/>
    public void Dispose() => one.Dispose();

    private static Text NoChannel(string channel) => new(
        $"alerts.yaml 中已没有通道 {channel}:请先补上再重发,或清除", $"alerts.yaml has no channel {channel} any more: add it and send again, or drop the letter");

    private static string DetailOf(OutboxLetter letter) => $"{letter.Target.Channel} {letter.Title}";

    private OutboxLetter? Find(string id) => outbox.Dead.LastOrDefault(letter => IdOf(letter) == id);

    private DeadLetterAnswer Send(IReadOnlyCollection<OutboxLetter> letters)
    {
        var again = outbox.Resend([.. letters.Select(letter => letter.Key)]);
        foreach (var entry in again) teller.Tell(entry.Message, PhoneDelivery.Waiting, "");
        lanes.Again(again);
        DeadLetterNote.Show(outbox, notes);
        return again.Count > 0
            ? new(again.Count, null, false)
            : new(0, new("待发通知已满,请稍后重发", "More messages wait than the outbox holds: send it again when some of them are out"), false);
    }

    // Null where the asking was granted and stands in the journal. Where that cannot be known in time nothing is done.
    private async Task<DeadLetterAnswer?> TellAsync(string by, GateDoor door, string command, string detail, Refusal? refusal, CancellationToken stop)
    {
        var told = new TaskCompletionSource<CommandAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        var asked = new HouseAnswered(time.GetUtcNow(), by, door, command, detail, refusal is null ? GateVerdict.Granted : GateVerdict.Refused, refusal?.Why);
        if (!writer.TryPut(new HouseSaid(asked, told))) return Busy;
        try
        {
            await told.Task.WaitAsync(AnswerWithin, time, stop);
        }
        catch (TimeoutException)
        {
            return Busy;
        }

        return refusal is null ? null : new(0, refusal.Why, refusal.IsGone);
    }

    private async Task<DeadLetterAnswer> AloneAsync(Func<Task<DeadLetterAnswer>> act, CancellationToken stop)
    {
        await one.WaitAsync(stop);
        try
        {
            return await act();
        }
        finally
        {
            one.Release();
        }
    }

    private sealed record Refusal(bool IsGone, Text Why);
}

/// <summary>What came of it.</summary>
/// <param name="Count">How many letters it was done to.</param>
/// <param name="Why">Why it was not done, and what to do next; null where it was.</param>
/// <param name="IsGone">Whether there is no such letter.</param>
internal sealed record DeadLetterAnswer(int Count, Text? Why, bool IsGone)
{
    /// <summary>Whether the monitor itself had no room for it.</summary>
    public bool IsBusy { get; init; }
}
