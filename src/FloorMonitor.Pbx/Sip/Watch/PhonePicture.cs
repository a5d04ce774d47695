using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Rules;
using FloorMonitor.Pbx.Sip.Packages;

namespace FloorMonitor.Pbx.Sip.Watch;

/// <summary>
/// One phone, out of everything that the PBX says of it. The packages are asked in an order of their own for each question: whether
/// it is on a call, <c>dialog</c> tells and, where there is none, <c>presence</c>; whether it can be reached, <c>reg</c> tells (the
/// registrar itself) and, where there is none, <c>presence</c>. A call goes before everything: a phone that talks is there.
/// </summary>
public sealed class PhonePicture
{
    private readonly DialogBook dialogs = new();
    private readonly RegBook registrations = new();
    private readonly Word[] words = new Word[3];
    private PhoneState presence;

    /// <summary>The call that shows what the phone does; null where the PBX tells of none.</summary>
    public PhoneDialog? Call => words[(int)PhonePackage.Dialog].IsTold ? dialogs.Busiest : null;

    /// <summary>Whether a call could reach the phone; null where nobody says.</summary>
    public bool? CanBeReached { get; private set; }

    /// <summary>Takes a NOTIFY's document.</summary>
    /// <param name="package">The package.</param>
    /// <param name="body">The document, perhaps empty.</param>
    /// <param name="subscription">Which subscription dialog brought it: versions count within one.</param>
    /// <returns>What came of it.</returns>
    public PictureChange Take(PhonePackage package, ReadOnlyMemory<byte> body, long subscription)
    {
        if (body.IsEmpty) return Empty(package);
        var (change, trouble) = package switch
        {
            PhonePackage.Dialog => DialogInfo.Read(body, out var wrong) is { } document ? (dialogs.Take(document, subscription), "") : (default, wrong),
            PhonePackage.Reg => RegInfo.Read(body, out var wrong) is { } document ? (registrations.Take(document, subscription), "") : (default, wrong),
            _ => PresenceInfo.Read(body, out var wrong) is { } document ? (Take(document), "") : (default, wrong),
        };
        if (trouble.Length > 0) return new(false, trouble);
        if (change != BookChange.Taken) return new(change == BookChange.Gap, "");
        words[(int)package] = new(true, null, IsGone(package));
        return default;
    }

    /// <summary>A package tells nothing of this phone any more, or never did.</summary>
    public void Lose(PhonePackage package, string reason)
    {
        words[(int)package] = new(false, reason, false);
        if (package == PhonePackage.Dialog) dialogs.Clear();
    }

    /// <summary>The PBX is asked anew: whoever does not answer is out of sight, whatever was said before.</summary>
    public void Forget() => Array.Clear(words);

    /// <summary>What the phone is now.</summary>
    /// <param name="agent">Whose it is.</param>
    /// <param name="inside">Whether a number is a seat of the floor.</param>
    public SeenPhone See(string agent, Func<string, bool> inside)
    {
        CanBeReached = Reached();
        if (Call is { } call)
        {
            return new(agent, PhoneOf(call), "dialog")
            {
                Party = call.Party,
                Direction = call.Party is { } party && inside(party) ? CallDirection.Internal
                    : call.Direction switch
                    {
                        DialogDirection.Initiator => CallDirection.Outbound,
                        DialogDirection.Recipient => CallDirection.Inbound,
                        _ => null,
                    },
            };
        }

        var byPresence = words[(int)PhonePackage.Presence].IsTold ? presence : PhoneState.Unknown;
        var hasDialogs = words[(int)PhonePackage.Dialog].IsTold;
        if (!hasDialogs && byPresence is PhoneState.InUse or PhoneState.OnHold or PhoneState.Ringing) return new(agent, byPresence, "presence");
        var reached = words[(int)PhonePackage.Reg].IsTold ? "reg" : "presence";
        if (CanBeReached == false) return new(agent, PhoneState.Unreachable, reached);
        if (CanBeReached == true && !IsBlindToCalls) return new(agent, PhoneState.Idle, hasDialogs ? "dialog" : reached);
        return hasDialogs && !IsSilent ? new(agent, PhoneState.Idle, "dialog") : new(agent, PhoneState.Unknown, "") { Lost = Why() };
    }

    /// <summary>The state that a dialog means for its phone: who calls is busy from the first moment, who is called only rings.</summary>
    private static PhoneState PhoneOf(PhoneDialog dialog) => dialog.State switch
    {
        DialogState.Confirmed => dialog.IsHeld ? PhoneState.OnHold : PhoneState.InUse,
        DialogState.Trying or DialogState.Proceeding or DialogState.Early =>
            dialog.Direction == DialogDirection.Initiator ? PhoneState.InUse : PhoneState.Ringing,
        DialogState.Terminated or DialogState.Unknown => PhoneState.Idle,
        _ => PhoneState.Idle,
    };

    private BookChange Take(PresenceInfo document)
    {
        presence = PresenceWords.Of(document);
        return BookChange.Taken;
    }

    // The first NOTIFY may have no body, and later ones of a PBX that has nothing to say any more. No dialogs are no calls; but no
    // presence and no registration are no word, unless the last one was that the phone is gone.
    private PictureChange Empty(PhonePackage package)
    {
        if (package == PhonePackage.Dialog)
        {
            dialogs.Clear();
            words[(int)package] = new(true, null, false);
        }
        else if (!words[(int)package].IsGone)
        {
            words[(int)package] = new(false, "", false);
        }

        return default;
    }

    private bool IsGone(PhonePackage package) => package switch
    {
        PhonePackage.Reg => !registrations.CanBeReached,
        PhonePackage.Presence => presence == PhoneState.Unreachable,
        _ => false,
    };

    private bool? Reached()
    {
        if (Call is not null) return true;
        if (words[(int)PhonePackage.Reg].IsTold) return registrations.CanBeReached;
        if (!words[(int)PhonePackage.Presence].IsTold || presence == PhoneState.Unknown) return null;
        return presence != PhoneState.Unreachable;
    }

    // Dialogs were asked for and are told no more, and a registration knows of no calls: the phone is there, and may be on one.
    private bool IsBlindToCalls => words[(int)PhonePackage.Dialog].Reason is { Length: > 0 } && !words[(int)PhonePackage.Presence].IsTold;

    // A package that could tell whether the phone is there was asked and has no word of it.
    private bool IsSilent => words[(int)PhonePackage.Reg].Reason is "" || words[(int)PhonePackage.Presence].Reason is "";

    private Text Why()
    {
        foreach (var word in words)
            if (word.Reason is { Length: > 0 } reason) return new($"看不到此话机:{reason}", $"This phone cannot be watched: {reason}");
        return IsSilent
            ? new("交换机尚未报告过此话机", "The PBX has not said anything of this phone")
            : new("交换机尚未答复对此话机的订阅", "The PBX has not answered for this phone yet");
    }

    /// <summary>How a package stands for this phone: told of it, or why not (empty: it has nothing to say), and whether its word was that the phone is gone.</summary>
    private readonly record struct Word(bool IsTold, string? Reason, bool IsGone);
}

/// <summary>What came of a document.</summary>
/// <param name="AskAgain">A part is missing before it: the whole state must be asked for.</param>
/// <param name="Trouble">Why it is no document at all; empty where it is one.</param>
public readonly record struct PictureChange(bool AskAgain, string? Trouble)
{
    /// <summary>Whether it could be read.</summary>
    public bool IsSound => string.IsNullOrEmpty(Trouble);
}
