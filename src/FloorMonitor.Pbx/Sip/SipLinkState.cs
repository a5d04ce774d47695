namespace FloorMonitor.Pbx.Sip;

/// <summary>Whether a PBX is there.</summary>
/// <param name="Up">Whether it answers, and knows our account.</param>
/// <param name="Since">Since when it has been so.</param>
/// <param name="Epoch">Grows each time it comes up: everything heard in an earlier one may be out of date.</param>
/// <param name="Reason">Why it is down; null while it is up.</param>
/// <param name="RoundTrip">How long the last OPTIONS took to its answer; null when none was answered yet.</param>
public sealed record SipLinkState(bool Up, DateTimeOffset Since, long Epoch, string? Reason, TimeSpan? RoundTrip);
