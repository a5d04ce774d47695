namespace FloorMonitor.Pbx.Sip.Packages;

/// <summary>
/// Which documents follow one another: full ones count whatever their number (Kamailio numbers every one 0, and the subscription's CSeq
/// has put them in order), partial ones only where they follow the one before (RFC 4235 section 4.1.2, RFC 3680 section 5.1).
/// </summary>
internal sealed class DocumentOrder
{
    private long subscription = -1;
    private long version = -1;

    /// <summary>What is to become of a document: only one that is <see cref="BookChange.Taken"/> may change anything.</summary>
    public BookChange Next(long next, bool isFull, long of)
    {
        var isNew = of != subscription;
        subscription = of;
        if (!isFull)
        {
            // Nothing to add to, or one in between was not seen: only the whole list helps.
            if (isNew || version < 0 || next > version + 1)
            {
                version = -1;
                return BookChange.Gap;
            }

            if (next <= version) return BookChange.Old;
        }

        version = next;
        return BookChange.Taken;
    }

    /// <summary>There is nothing any more that a partial document could add to.</summary>
    public void Forget() => version = -1;
}

/// <summary>What a document did.</summary>
public enum BookChange
{
    /// <summary>It was taken.</summary>
    Taken,

    /// <summary>It is older than what is known: no news.</summary>
    Old,

    /// <summary>A part is missing before it: the whole state must be asked for again.</summary>
    Gap,
}
