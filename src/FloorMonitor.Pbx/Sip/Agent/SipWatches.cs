using System.Collections.Concurrent;
using FloorMonitor.Pbx.Sip.Messages;

namespace FloorMonitor.Pbx.Sip.Agent;

/// <summary>All watches of an agent, found by the Call-ID of their dialog: what others ask of us is answered here.</summary>
internal sealed class SipWatches
{
    private readonly ConcurrentDictionary<string, SipSubscription> dialogs = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<SipSubscription, byte> all = new();
    private readonly ConcurrentDictionary<string, byte> packages = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Every watch that is kept.</summary>
    public ICollection<SipSubscription> All => all.Keys;

    /// <summary>How many dialogs there are; for leak tests.</summary>
    public int Dialogs => dialogs.Count;

    /// <summary>Keeps a watch.</summary>
    public void Add(SipSubscription watch)
    {
        packages[watch.Watch.Event] = 0;
        all[watch] = 0;
    }

    /// <summary>Lets go of a watch. Its dialog stays until the PBX was told.</summary>
    public void Ended(SipSubscription watch) => all.TryRemove(watch, out _);

    /// <summary>A dialog of a watch begins.</summary>
    public void Begin(string callId, SipSubscription watch) => dialogs[callId] = watch;

    /// <summary>A dialog is over.</summary>
    public void End(string callId) => dialogs.TryRemove(callId, out _);

    /// <summary>Answers a request of somebody else's.</summary>
    public SipReply Answer(SipMessage request) => request.Method switch
    {
        "NOTIFY" => Hear(request),
        "OPTIONS" => SipReplies.Alive,
        "CANCEL" => SipReplies.NoSuchTransaction,
        _ => SipReplies.NoSuchMethod,
    };

    private SipReply Hear(SipMessage notify)
    {
        var known = dialogs.GetValueOrDefault(notify.CallId);
        var package = notify.Find(SipHeader.Event);

        // A package that nobody here watches is foreign, whatever its dialog (RFC 6665 section 4.1.3).
        if (known is null && !packages.Keys.Any(watched => SipReplies.IsPackage(package, watched)))
            return SipReplies.BadEvent(string.Join(", ", packages.Keys.DefaultIfEmpty("dialog")));
        if (known is null) return SipReplies.NoSuchDialog;
        return ToldState.Parse(notify.Find(SipHeader.SubscriptionState)) is { } told ? known.Hear(notify, told) : SipReplies.NoState;
    }
}
