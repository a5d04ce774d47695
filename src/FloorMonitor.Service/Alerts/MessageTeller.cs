using FloorMonitor.Core.Alerts;
using FloorMonitor.Core.Floor;
using FloorMonitor.Service.Engine;
using FloorMonitor.Store.Outbox;

namespace FloorMonitor.Service.Alerts;

/// <summary>
/// Tells the floor what became of people's messages on their way to phones, so that whoever wrote one sees it. It is an event like any
/// other, journalled and folded by the one writer. What finds no room in the writer's queue is told later, the newest of each message.
/// </summary>
internal sealed class MessageTeller(EngineInbox inbox, Func<FloorState> floor, TimeProvider time)
{
    private readonly Lock gate = new();

    // Bounded by what the outbox lets wait: only of those there is news.
    private readonly Dictionary<(string Agent, string Message), MessagePhoned> untold = [];

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
        var known = floor();
        lock (gate)
        {
            foreach (var (key, news) in untold)
            {
                // The same again (a phone that is away at the second try as at the first) is no news for the journal.
                if (!IsShown(known, news) && !inbox.TryPut(new Noted(news))) return;
                untold.Remove(key);
            }
        }
    }

    private static PhoneDelivery StateOf(OutboxLetter letter) =>
        !letter.Delivered ? PhoneDelivery.Failed : letter.HandedOn ? PhoneDelivery.Accepted : PhoneDelivery.Delivered;

    private static bool IsShown(FloorState floor, MessagePhoned news)
    {
        if (!floor.Agents.TryGetValue(news.Agent, out var agent)) return true;
        foreach (var message in agent.Messages)
            if (message.Id == news.Message) return message.Phone is { } phone && phone.State == news.State && phone.Said == news.Said;
        return true;
    }
}
