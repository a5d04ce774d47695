namespace FloorMonitor.Pbx.Agi;

/// <summary>What came over an AGI connection is no AGI: too long, too much, or nothing that the protocol knows.</summary>
public sealed class AgiProtocolException : Exception
{
    /// <summary>Without a reason.</summary>
    public AgiProtocolException()
    {
    }

    /// <summary>With the reason.</summary>
    public AgiProtocolException(string message)
        : base(message)
    {
    }

    /// <summary>With the reason and what led to it.</summary>
    public AgiProtocolException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
