using FloorMonitor.Core.Alerts;
using FloorMonitor.Core.Floor;
using FloorMonitor.Store.Outbox;

namespace FloorMonitor.Service.Alerts;

/// <summary>
/// Carries people's messages from the floor to the outbox, from where they go to phones like alerts do. The floor itself is what is
/// looked at, and the outbox keeps up to where: so a message that stands in the journal goes out, whenever the monitor was killed.
/// </summary>
internal sealed class MessageCarrier(AlertOutbox outbox, AlertLanes lanes, MessageTeller teller, Func<FloorState> floor, TimeProvider time)
{
    private long looked = -1;

    /// <summary>Puts into the outbox what is new on the floor.</summary>
    /// <returns>Whether all of it found room there.</returns>
    public bool Look(AlertSettings settings)
    {
        teller.TellOn();
        var state = floor();
        if (state.LastMessage == looked) return true;
        looked = state.LastMessage;
        var before = outbox.MessagesUpTo;
        if (before == looked) return true;
        // A journal that lost its end or was begun anew counts from less; what went out before is known by its key.
        var messages = MessageDesk.Decide(state, settings, looked < before ? 0 : before, time.GetUtcNow());
        var fresh = outbox.Commit(looked, messages);
        // Before the lanes have them, so that nothing can be heard of one earlier than that it is on its way.
        foreach (var message in messages)
        {
            var (_, settled) = outbox.Find(message.Key);
            if (settled is not null) teller.Tell(message.Target.Person!, MessageDesk.IdOf(message), settled);
            else teller.Tell(message, PhoneDelivery.Waiting, "");
        }

        lanes.Put(fresh);
        return fresh.Count == messages.Length;
    }

    /// <summary>After a start: what the outbox knows of a message and the floor was not told, because the monitor ended in between.</summary>
    public void Reconcile()
    {
        foreach (var (_, agent) in floor().Agents)
        {
            foreach (var message in agent.Messages)
            {
                if (message.Phone is { State: PhoneDelivery.Delivered or PhoneDelivery.Accepted }) continue;
                switch (outbox.Find(MessageDesk.KeyOf(agent.Id, message)))
                {
                    case ({ } waits, _):
                        teller.Tell(waits.Message, waits.Attempts > 0 ? PhoneDelivery.Retrying : PhoneDelivery.Waiting, waits.Error ?? "");
                        break;
                    case (_, { } settled):
                        teller.Tell(agent.Id, message.Id, settled);
                        break;
                    default:
                        if (message.Phone is { State: not PhoneDelivery.Failed }) teller.Tell(agent.Id, message.Id, PhoneDelivery.Failed, "what became of it is not known");
                        break;
                }
            }
        }
    }
}
