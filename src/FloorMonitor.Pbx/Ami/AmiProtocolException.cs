namespace FloorMonitor.Pbx.Ami;

/// <summary>What was wrong with bytes that were to be AMI.</summary>
public enum AmiProtocolError
{
    /// <summary>The first line is no AMI banner: another service answers at that port.</summary>
    NotAmi,

    /// <summary>A message begins with something that is no header.</summary>
    Garbage,

    /// <summary>A line does not end within the limit.</summary>
    LineTooLong,

    /// <summary>A message does not end within the limit.</summary>
    MessageTooLong,

    /// <summary>A message has more headers than the limit.</summary>
    TooManyHeaders,

    /// <summary>More events arrived during a snapshot than may be held, or the snapshot itself is larger than any floor.</summary>
    TooMuchHeld,
}

/// <summary>The peer does not speak AMI, or not within the limits. The connection cannot be trusted any further.</summary>
public sealed class AmiProtocolException(AmiProtocolError error, string message) : Exception(message)
{
    /// <summary>What was wrong.</summary>
    public AmiProtocolError Error { get; } = error;
}

/// <summary>Bounds of what a peer can make the parser hold.</summary>
/// <param name="MaxBanner">Bytes of the first line.</param>
/// <param name="MaxLine">Bytes of a line; Asterisk's own longest (AppData, VarSet) stay far below.</param>
/// <param name="MaxMessage">Bytes of a message.</param>
/// <param name="MaxHeaders">Lines of a message that is materialised.</param>
public sealed record AmiLimits(int MaxBanner = 512, int MaxLine = 64 * 1024, int MaxMessage = 1024 * 1024, int MaxHeaders = 4096)
{
    /// <summary>The limits that the feed uses.</summary>
    public static AmiLimits Default { get; } = new();
}
