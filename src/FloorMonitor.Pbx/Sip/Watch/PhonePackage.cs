namespace FloorMonitor.Pbx.Sip.Watch;

/// <summary>An event package that tells of phones, and how far this project understands it.</summary>
public enum PhonePackage
{
    /// <summary><c>dialog</c>, RFC 4235: the phone's calls.</summary>
    Dialog,

    /// <summary><c>presence</c>, RFC 3856: whether it can be reached, and by its notes often its calls.</summary>
    Presence,

    /// <summary><c>reg</c>, RFC 3680: where it is registered.</summary>
    Reg,
}
