using FloorMonitor.Core.Floor;

namespace FloorMonitor.Pbx.Sip.Packages;

/// <summary>A document of the package <c>dialog</c> (RFC 4235): the calls of one phone.</summary>
/// <param name="Version">Its version (section 4.1.2).</param>
/// <param name="IsFull">Whether it lists all dialogs, or only those that changed.</param>
/// <param name="Dialogs">The dialogs; at most <see cref="MaxDialogs"/>, more are left out.</param>
public sealed record DialogInfo(long Version, bool IsFull, ValueArray<PhoneDialog> Dialogs)
{
    /// <summary>The type of such a document.</summary>
    public const string ContentType = "application/dialog-info+xml";

    /// <summary>A desk phone has two lines, a busy console perhaps twenty.</summary>
    public const int MaxDialogs = 64;

    private const string Space = "urn:ietf:params:xml:ns:dialog-info";

    /// <summary>Reads a document; null with a reason where it is none.</summary>
    public static DialogInfo? Read(ReadOnlyMemory<byte> body, out string reason) =>
        PackageDocument.TryRead(body, Document, out var document, out reason) ? document : null;

    private static DialogInfo Document(PackageReader xml)
    {
        xml.Root("dialog-info", Space);
        var version = xml.Number("version") ?? 0;
        var full = xml.Attribute("state") is not "partial";
        var dialogs = new List<PhoneDialog>();
        xml.Children(child =>
        {
            if (child.Name == "dialog" && child.Space == Space && dialogs.Count < MaxDialogs && Dialog(child) is { } dialog) dialogs.Add(dialog);
        });
        return new(version, full, ValueArray.From(dialogs));
    }

    private static PhoneDialog? Dialog(PackageReader xml)
    {
        if (xml.Attribute("id") is not { } id) return null;
        var call = xml.Attribute("call-id");
        var direction = xml.Attribute("direction") switch
        {
            "initiator" => DialogDirection.Initiator,
            "recipient" => DialogDirection.Recipient,
            _ => DialogDirection.Unknown,
        };
        var state = DialogState.Unknown;
        string? party = null;
        var held = false;
        xml.Children(child =>
        {
            if (child.Space != Space) return;
            switch (child.Name)
            {
                case "state": state = StateOf(child.Text()); break;
                case "remote": party = Remote(child) ?? party; break;
                case "local": held |= IsHeld(child); break;
            }
        });
        return new(id, call, direction, state, party, held);
    }

    private static string? Remote(PackageReader xml)
    {
        string? identity = null, target = null;
        xml.Children(child =>
        {
            if (child.Space != Space) return;
            if (child.Name == "identity") identity ??= SipParty.Of(child.Text());
            else if (child.Name == "target") target ??= SipParty.Of(child.Attribute("uri"));
        });
        return identity ?? target;
    }

    // Section 4.1.6.2: the local target that renders nothing any more (RFC 3840: sip.rendering) has the other side on hold.
    private static bool IsHeld(PackageReader xml)
    {
        var held = false;
        xml.Children(target =>
        {
            if (target.Name != "target" || target.Space != Space) return;
            target.Children(param =>
            {
                if (param.Name == "param" && param.Attribute("pname") is "+sip.rendering" && param.Attribute("pval") is "no") held = true;
            });
        });
        return held;
    }

    private static DialogState StateOf(string text) => text switch
    {
        "trying" => DialogState.Trying,
        "proceeding" => DialogState.Proceeding,
        "early" => DialogState.Early,
        "confirmed" => DialogState.Confirmed,
        "terminated" => DialogState.Terminated,
        _ => DialogState.Unknown,
    };
}

/// <summary>A dialog of a phone: one leg of a call.</summary>
/// <param name="Id">Its id within the document's subscription.</param>
/// <param name="Call">Its Call-ID; null where the PBX does not say.</param>
/// <param name="Direction">Who began it.</param>
/// <param name="State">How far it is.</param>
/// <param name="Party">The other side's number; null where it is not told.</param>
/// <param name="IsHeld">Whether this phone has the other side on hold.</param>
public sealed record PhoneDialog(string Id, string? Call, DialogDirection Direction, DialogState State, string? Party, bool IsHeld);

/// <summary>Who began a dialog, seen from the phone.</summary>
public enum DialogDirection
{
    /// <summary>The PBX does not say.</summary>
    Unknown,

    /// <summary>The phone called.</summary>
    Initiator,

    /// <summary>The phone was called.</summary>
    Recipient,
}

/// <summary>How far a dialog is (RFC 4235 section 3.7.1).</summary>
public enum DialogState
{
    /// <summary>The PBX does not say, or in a word that nobody knows.</summary>
    Unknown,

    /// <summary>It is over.</summary>
    Terminated,

    /// <summary>The request went out; nothing came back.</summary>
    Trying,

    /// <summary>Something came back, but nothing rings for certain.</summary>
    Proceeding,

    /// <summary>It rings.</summary>
    Early,

    /// <summary>They talk.</summary>
    Confirmed,
}
