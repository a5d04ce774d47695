namespace FloorMonitor.Pbx.Sip.Packages;

/// <summary>The dialogs of one phone, out of full and partial documents (RFC 4235 section 4.1.2).</summary>
public sealed class DialogBook
{
    private readonly Dictionary<string, PhoneDialog> dialogs = new(1, StringComparer.Ordinal);
    private readonly DocumentOrder order = new();

    /// <summary>Takes a document.</summary>
    /// <param name="document">The document.</param>
    /// <param name="of">The subscription that brought it: versions count within one.</param>
    public BookChange Take(DialogInfo document, long of)
    {
        var change = order.Next(document.Version, document.IsFull, of);
        if (change != BookChange.Taken) return change;
        if (document.IsFull) dialogs.Clear();
        foreach (var dialog in document.Dialogs)
        {
            // One that is over is in no later document (section 3.7.2).
            if (dialog.State == DialogState.Terminated) dialogs.Remove(dialog.Id);
            else if (dialogs.Count < DialogInfo.MaxDialogs || dialogs.ContainsKey(dialog.Id)) dialogs[dialog.Id] = dialog;
        }

        return BookChange.Taken;
    }

    /// <summary>Forgets everything: the PBX says that there is nothing.</summary>
    public void Clear()
    {
        dialogs.Clear();
        order.Forget();
    }

    /// <summary>
    /// The dialog that shows what the phone does: of several, one of which may be the stale remainder of a call whose end was lost,
    /// the busiest. Null where none is on.
    /// </summary>
    public PhoneDialog? Busiest
    {
        get
        {
            PhoneDialog? busiest = null;
            foreach (var dialog in dialogs.Values)
            {
                var rank = Rank(dialog) - (busiest is null ? 0 : Rank(busiest));
                if (rank > 0 || (rank == 0 && busiest is not null && string.CompareOrdinal(dialog.Id, busiest.Id) < 0)) busiest = dialog;
            }

            return busiest;
        }
    }

    private static int Rank(PhoneDialog dialog) => dialog.State switch
    {
        DialogState.Confirmed => dialog.IsHeld ? 4 : 5,
        DialogState.Early => 3,
        DialogState.Proceeding => 2,
        DialogState.Trying => 1,
        DialogState.Terminated or DialogState.Unknown => 0,
        _ => 0,
    };
}
