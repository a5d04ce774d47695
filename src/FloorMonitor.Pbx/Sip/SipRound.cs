using System.Text;
using FloorMonitor.Pbx.Sip.Watch;

namespace FloorMonitor.Pbx.Sip;

/// <summary>A watched phone: its address, its picture, and the subscriptions that paint it.</summary>
internal sealed class WatchedPhone(PhoneAddress address)
{
    public PhoneAddress Address { get; } = address;

    public PhonePicture Picture { get; } = new();

    /// <summary>One for each package that is asked for, in the order of <see cref="SipFeedOptions.Packages"/>; the gaps likewise.</summary>
    public List<ISipSubscription> Subscriptions { get; } = [];

    public List<GapCare> Gaps { get; } = [];
}

/// <summary>The first answers for all phones after the PBX came into sight.</summary>
/// <param name="epoch">The link's epoch that it belongs to.</param>
/// <param name="expected">How many answers there are to be.</param>
/// <param name="until">When it is over, whoever has not answered.</param>
internal sealed class SipRound(long epoch, int expected, DateTimeOffset until)
{
    /// <summary>A thousand phones fit; of more the rest is not kept as evidence of the snapshot, only of what follows it.</summary>
    private const int MaxRaw = 4 * 1024 * 1024;

    private readonly HashSet<(WatchedPhone, PhonePackage)> heard = [];
    private readonly StringBuilder raw = new();
    private bool over;

    public long Epoch { get; } = epoch;

    public DateTimeOffset Until { get; } = until;

    public bool IsComplete => over || heard.Count >= expected;

    /// <summary>Everything that was heard: the evidence of the snapshot.</summary>
    public string Raw => raw.ToString();

    /// <summary>Takes an answer: a document, or the word that there will be none. False where it is neither.</summary>
    public bool Note(WatchedPhone phone, PhonePackage package, SipNotice notice, string text)
    {
        var answers = notice is SipNotify or SipWatchChanged { State.Standing: SipWatchStanding.Refused or SipWatchStanding.Waiting or SipWatchStanding.Ended };
        if (!answers) return false;
        heard.Add((phone, package));
        if (raw.Length + text.Length < MaxRaw) raw.Append(text).Append("\r\n\r\n");
        return true;
    }

    /// <summary>It takes too long.</summary>
    public void GiveUp() => over = true;
}
