namespace FloorMonitor.Pbx.Sip.Packages;

/// <summary>The registrations of one phone, out of full and partial documents (RFC 3680 section 5.1).</summary>
public sealed class RegBook
{
    private readonly Dictionary<string, PhoneRegistration> registrations = new(1, StringComparer.Ordinal);
    private readonly DocumentOrder order = new();

    /// <summary>Takes a document.</summary>
    /// <param name="document">The document.</param>
    /// <param name="of">The subscription that brought it.</param>
    public BookChange Take(RegInfo document, long of)
    {
        var change = order.Next(document.Version, document.IsFull, of);
        if (change != BookChange.Taken) return change;
        if (document.IsFull) registrations.Clear();
        foreach (var registration in document.Registrations)
            if (registrations.Count < RegInfo.MaxRegistrations || registrations.ContainsKey(registration.Id)) registrations[registration.Id] = registration;
        return BookChange.Taken;
    }

    /// <summary>Whether a call could reach the phone.</summary>
    public bool CanBeReached
    {
        get
        {
            foreach (var registration in registrations.Values)
                if (registration.CanBeReached) return true;
            return false;
        }
    }
}
