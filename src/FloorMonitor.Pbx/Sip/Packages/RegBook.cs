namespace FloorMonitor.Pbx.Sip.Packages;

/// <summary>
/// The registrations of one phone. Documents are taken in the order of their NOTIFYs (CSeq), because Kamailio numbers every one 0
/// and calls every one full; a partial one (RFC 3680 section 5.1) is taken only where it follows the one before.
/// </summary>
public sealed class RegBook
{
    private readonly Dictionary<string, PhoneRegistration> registrations = new(1, StringComparer.Ordinal);
    private long subscription = -1;
    private long version = -1;

    /// <summary>Takes a document.</summary>
    /// <param name="document">The document.</param>
    /// <param name="of">The subscription that brought it.</param>
    public BookChange Take(RegInfo document, long of)
    {
        var isNew = of != subscription;
        subscription = of;
        if (!document.IsFull)
        {
            if (isNew || version < 0 || document.Version > version + 1)
            {
                version = -1;
                return BookChange.Gap;
            }

            if (document.Version <= version) return BookChange.Old;
        }
        else
        {
            registrations.Clear();
        }

        version = document.Version;
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
