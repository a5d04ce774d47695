using FloorMonitor.Service.Engine;
using FloorMonitor.Store.Outbox;

namespace FloorMonitor.Service.Alerts;

/// <summary>The desk's line about dead letters: it stands as long as there are any, after a restart too, and by it the desk knows that its list is out of date.</summary>
internal static class DeadLetterNote
{
    public const string Key = "alerts-dead";

    /// <summary>Puts the line up as it now is, or takes it away.</summary>
    public static void Show(AlertOutbox outbox, DeskNotes notes)
    {
        if (outbox.Dead is not [.., var last] dead)
        {
            notes.Clear(Key);
            return;
        }

        notes.Raise(Key, new(
            $"{dead.Count} 条通知未能送达,最近一条({last.Target.Channel}):{last.Error}", $"{dead.Count} alerts could not be delivered, the last by {last.Target.Channel}: {last.Error}"));
    }
}
