using FloorMonitor.Core.Floor;

namespace FloorMonitor.Pbx.Sip.Packages;

/// <summary>A document of the package <c>reg</c> (RFC 3680): where a phone is registered.</summary>
/// <param name="Version">Its version; always 0 at Kamailio, so it orders nothing by itself.</param>
/// <param name="IsFull">Whether it lists all registrations, or only those that changed.</param>
/// <param name="Registrations">The registrations; at most <see cref="MaxRegistrations"/>, more are left out.</param>
public sealed record RegInfo(long Version, bool IsFull, ValueArray<PhoneRegistration> Registrations)
{
    /// <summary>The type of such a document.</summary>
    public const string ContentType = "application/reginfo+xml";

    /// <summary>A phone has one address of record, one who shares phones perhaps a few.</summary>
    public const int MaxRegistrations = 32;

    private const int MaxContacts = 64;
    private const string Space = "urn:ietf:params:xml:ns:reginfo";

    /// <summary>Reads a document; null with a reason where it is none.</summary>
    public static RegInfo? Read(ReadOnlyMemory<byte> body, out string reason) =>
        PackageDocument.TryRead(body, Document, out var document, out reason) ? document : null;

    private static RegInfo Document(PackageReader xml)
    {
        xml.Root("reginfo", Space);
        var version = xml.Number("version") ?? 0;
        var full = xml.Attribute("state") is not "partial";
        var registrations = new List<PhoneRegistration>();
        xml.Children(child =>
        {
            if (child.Name == "registration" && child.Space == Space && registrations.Count < MaxRegistrations) registrations.Add(Registration(child));
        });
        return new(version, full, ValueArray.From(registrations));
    }

    private static PhoneRegistration Registration(PackageReader xml)
    {
        var (id, aor, state) = (xml.Attribute("id") ?? "", xml.Attribute("aor") ?? "", xml.Attribute("state"));
        var contacts = new List<PhoneContact>();
        xml.Children(child =>
        {
            if (child.Name == "contact" && child.Space == Space && contacts.Count < MaxContacts)
                contacts.Add(new(child.Attribute("id") ?? "", child.Attribute("state") is "active"));
        });
        return new(id, aor, state is "active", ValueArray.From(contacts));
    }
}

/// <summary>A registration of an address of record.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Address">The address of record.</param>
/// <param name="IsActive">Whether it is active; <c>init</c> and <c>terminated</c> are not.</param>
/// <param name="Contacts">Its contacts.</param>
public sealed record PhoneRegistration(string Id, string Address, bool IsActive, ValueArray<PhoneContact> Contacts)
{
    /// <summary>Whether a call could reach it: it is active, and so is a contact of it.</summary>
    public bool CanBeReached
    {
        get
        {
            if (!IsActive) return false;
            foreach (var contact in Contacts)
                if (contact.IsActive) return true;
            return false;
        }
    }
}

/// <summary>A contact of a registration: one phone.</summary>
public sealed record PhoneContact(string Id, bool IsActive);
