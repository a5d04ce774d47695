using FloorMonitor.Core.Alerts;
using FloorMonitor.Core.Floor;
using FloorMonitor.Service.Engine;
using FloorMonitor.Store.Outbox;

namespace FloorMonitor.Service.Alerts;

/// <summary>
/// Tells the floor what became of people's messages on their way to phones, so that whoever wrote one sees it. It is an event like any
/// other, journalled and folded by the one writer. What finds no room in the writer's queue is told later, the newest of each message; what
/// is in the queue is what the floor is about to show, and by that it is judged whether something is news.
/// </summary>
internal sealed class MessageTeller(EngineInbox inbox, Func<FloorState> floor, TimeProvider time)
{
    private readonly Lock gate = new();

    // Bounded by what the outbox lets wait: only of those there is news.
    private readonly Dictionary<(string Agent, string Message), MessagePhoned> untold = [];

    // The newest of each message that is in the writer's queue. It goes when the floor shows it, or has the message no longer.
    private readonly Dictionary<(string Agent, string Message), MessagePhoned> underWay = [];

    /// <summary>A message is on its way, was taken, is tried again, or will not arrive. Messages that are alerts are none of it.</summary>
    public void Tell(AlertMessage message, PhoneDelivery state, string said)
    {
        if (message.News != AlertNews.Message || message.Target.Person is not { } agent) return;
        Tell(agent, MessageDesk.IdOf(message), state, said);
    }

    /// <inheritdoc cref="Tell(AlertMessage, PhoneDelivery, string)"/>
    public void Tell(string agent, string message, PhoneDelivery state, string said)
    {
        lock (gate) untold[(agent, message)] = new(time.GetUtcNow(), agent, message, state, said);
        TellOn();
    }

    /// <summary>The same for a message that was settled.</summary>
    public void Tell(string agent, string message, OutboxLetter letter) => Tell(agent, message, StateOf(letter), letter.Said ?? letter.Error ?? "");

    /// <summary>Tells what was not told yet.</summary>
    public void TellOn()
    {
        lock (gate)
        {
            // Looked at in here: a floor older than the one by which something was found folded would show what is past.
            var known = floor();
            foreach (var (key, news) in underWay)
                if (OnFloor(known, news) is not { } message || (message.Phone is { } phone && IsSame(phone, news) && phone.At == news.At)) underWay.Remove(key);
            foreach (var (key, news) in untold)
            {
                if (IsNews(known, key, news))
                {
                    if (!inbox.TryPut(new Noted(news))) return;
                    underWay[key] = news;
                }

                untold.Remove(key);
            }
        }
    }

    // The same again (a phone that is away at the second try as at the first) is no news for the journal.
    private bool IsNews(FloorState known, (string Agent, string Message) key, MessagePhoned news)
    {
        if (OnFloor(known, news) is not { } message) return false;
        if (underWay.TryGetValue(key, out var told)) return told.State != news.State || told.Said != news.Said;
        return message.Phone is not { } phone || !IsSame(phone, news);
    }

    private static bool IsSame(MessageOnPhone shown, MessagePhoned news) => shown.State == news.State && shown.Said == news.Said;

    private static PhoneDelivery StateOf(OutboxLetter letter) =>
        !letter.Delivered ? PhoneDelivery.Failed : letter.HandedOn ? PhoneDelivery.Accepted : PhoneDelivery.Delivered;

    private static AgentMessage? OnFloor(FloorState floor, MessagePhoned news)
    {
        if (!floor.Agents.TryGetValue(news.Agent, out var agent)) return null;
        foreach (var message in agent.Messages)
            if (message.Id == news.Message) return message;
        return null;
    }
}
