using FloorMonitor.Core.Floor;
using FloorMonitor.Pbx.Sip.Packages;

namespace FloorMonitor.Pbx.Sip.Watch;

/// <summary>A phone's dialogs as calls of its agent, where no switch tells of calls. Each phone's call is its own: who it is with is a number.</summary>
internal static class PhoneCalls
{
    /// <summary>Tells what changed of the phone's call.</summary>
    public static void Follow(string feed, PhoneTranslator.Told phone, PhoneDialog? dialog, DateTimeOffset at, List<FloorEvent> events)
    {
        var agent = phone.Phone.Agent;
        var id = dialog is null ? null : IdOf(feed, agent, dialog);
        if (phone.Call is { } over && over.Id != id)
        {
            events.Add(new CallHungUp(at, feed, over.Id));
            phone.Call = null;
        }

        if (dialog is null || id is null) return;
        var answered = dialog.State == DialogState.Confirmed;
        if (phone.Call is null)
        {
            var calls = dialog.Direction == DialogDirection.Initiator;
            events.Add(new CallDialed(at, feed, id, id, calls ? agent : null, calls ? null : agent, DirectionOf(phone, dialog), dialog.Party));
            phone.Call = new(id, false, false);
        }

        if (answered && !phone.Call.Answered) events.Add(new CallPickedUp(at, feed, id));
        if (answered && dialog.IsHeld != phone.Call.Held)
            events.Add(dialog.IsHeld ? new CallHeld(at, feed, agent) : new CallUnheld(at, feed, agent));
        phone.Call = new(id, answered || phone.Call.Answered, answered && dialog.IsHeld);
    }

    /// <summary>A call under way as a snapshot has it; null where none talks. Since when they talk, no document says: from now on it is seen.</summary>
    public static SeenCall? Begun(string feed, PhoneTranslator.Told phone, PhoneDialog? dialog, DateTimeOffset at)
    {
        if (dialog is not { State: DialogState.Confirmed }) return null;
        var id = IdOf(feed, phone.Phone.Agent, dialog);
        phone.Call = new(id, true, false);
        return new(id, phone.Phone.Agent, null, DirectionOf(phone, dialog), dialog.Party, at);
    }

    private static CallDirection DirectionOf(PhoneTranslator.Told phone, PhoneDialog dialog) => phone.Seen?.Direction
        ?? (dialog.Direction == DialogDirection.Initiator ? CallDirection.Outbound : CallDirection.Inbound);

    // Two phones of one call may show one Call-ID, and a PBX between them two: the call is known by the phone that shows it.
    private static string IdOf(string feed, string agent, PhoneDialog dialog) => $"{feed}/{agent}/{dialog.Call ?? dialog.Id}";
}
