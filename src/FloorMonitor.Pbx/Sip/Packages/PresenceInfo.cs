using FloorMonitor.Core.Floor;

namespace FloorMonitor.Pbx.Sip.Packages;

/// <summary>A document of the package <c>presence</c>: PIDF (RFC 3863) with RPID's activities (RFC 4480) and notes. Always the whole state.</summary>
/// <param name="Tuples">The tuples; they may contradict one another (a published one beside the registrar's).</param>
/// <param name="Activities">Names of RPID's activities of the person, such as <c>on-the-phone</c>.</param>
/// <param name="Notes">Notes about the whole.</param>
public sealed record PresenceInfo(ValueArray<PresenceTuple> Tuples, ValueArray<string> Activities, ValueArray<string> Notes)
{
    /// <summary>The type of such a document.</summary>
    public const string ContentType = "application/pidf+xml";

    /// <summary>More than a phone ever has; what is beyond is left out.</summary>
    private const int MaxTuples = 32, MaxWords = 32;

    private const string Space = "urn:ietf:params:xml:ns:pidf";
    private const string DataModel = "urn:ietf:params:xml:ns:pidf:data-model";
    private const string Rpid = "urn:ietf:params:xml:ns:pidf:rpid";

    /// <summary>Reads a document; null with a reason where it is none.</summary>
    public static PresenceInfo? Read(ReadOnlyMemory<byte> body, out string reason) =>
        PackageDocument.TryRead(body, Document, out var document, out reason) ? document : null;

    private static PresenceInfo Document(PackageReader xml)
    {
        xml.Root("presence", Space);
        var tuples = new List<PresenceTuple>();
        var activities = new List<string>();
        var notes = new List<string>();
        xml.Children(child =>
        {
            switch (child.Name)
            {
                case "tuple" when child.Space == Space && tuples.Count < MaxTuples:
                    tuples.Add(Tuple(child, activities));
                    break;
                case "note" when child.Space == Space:
                    Note(child, notes);
                    break;
                case "person" when child.Space == DataModel:
                    child.Children(inner => Person(inner, activities, notes));
                    break;
                case "activities" when child.Space == Rpid:
                    ReadActivities(child, activities);
                    break;
            }
        });
        return new(ValueArray.From(tuples), ValueArray.From(activities), ValueArray.From(notes));
    }

    private static PresenceTuple Tuple(PackageReader xml, List<string> activities)
    {
        var id = xml.Attribute("id") ?? "";
        bool? open = null;
        var notes = new List<string>();
        xml.Children(child =>
        {
            switch (child.Name)
            {
                case "status" when child.Space == Space:
                    child.Children(inner =>
                    {
                        if (inner.Name == "basic" && inner.Space == Space) open = inner.Text() switch { "open" => true, "closed" => false, _ => open };
                        else if (inner.Name == "activities" && inner.Space == Rpid) ReadActivities(inner, activities);
                    });
                    break;
                case "note" when child.Space == Space:
                    Note(child, notes);
                    break;
                case "activities" when child.Space == Rpid:
                    ReadActivities(child, activities);
                    break;
            }
        });
        return new(id, open, ValueArray.From(notes));
    }

    private static void Person(PackageReader xml, List<string> activities, List<string> notes)
    {
        if (xml.Name == "activities" && xml.Space == Rpid) ReadActivities(xml, activities);
        else if (xml.Name == "note" && xml.Space is DataModel or Space) Note(xml, notes);
    }

    private static void ReadActivities(PackageReader xml, List<string> activities) => xml.Children(child =>
    {
        if (child.Space == Rpid && activities.Count < MaxWords && child.Name.Length <= PackageDocument.MaxText) activities.Add(child.Name);
    });

    private static void Note(PackageReader xml, List<string> notes)
    {
        if (xml.Text() is { Length: > 0 } text && notes.Count < MaxWords) notes.Add(text);
    }
}

/// <summary>A tuple: one way to reach somebody.</summary>
/// <param name="Id">Its id.</param>
/// <param name="IsOpen">Whether it takes calls (<c>basic</c>); null where it does not say.</param>
/// <param name="Notes">What it adds in words.</param>
public sealed record PresenceTuple(string Id, bool? IsOpen, ValueArray<string> Notes);
