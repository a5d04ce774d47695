using System.Net;
using FloorMonitor.Core.Floor;

namespace FloorMonitor.Service.Configuration;

/// <summary>The phone's door, as floor.yaml opens it.</summary>
/// <param name="Listen">Where it listens for switches.</param>
/// <param name="From">The switches that may connect.</param>
/// <param name="Language"><c>zh</c> or <c>en</c> for everybody; null: each channel's own.</param>
/// <param name="Prompts">The folder of the prompts beneath the switch's sounds.</param>
/// <param name="WrongPins">So many wrong PINs, and an agent's PIN opens nothing for <paramref name="LockFor"/>.</param>
/// <param name="LockFor">For how long.</param>
internal sealed record PhoneConfig(IPEndPoint Listen, ValueArray<IPAddress> From, string? Language, string Prompts, int WrongPins, TimeSpan LockFor);

/// <summary><c>phone</c>: where the dialplan reaches the gate. Without it there is no such door.</summary>
internal static class PhoneSection
{
    private const int UsualPort = 4573;
    private static readonly Dictionary<string, bool> Languages = new(StringComparer.Ordinal) { ["zh"] = true, ["en"] = true };

    public static PhoneConfig? Read(YamlSection floor)
    {
        if (floor.Section("phone") is not { } phone) return null;
        var listen = ReadListen(phone);
        var from = new List<IPAddress>();
        foreach (var text in phone.Texts("from"))
        {
            if (IPAddress.TryParse(text, out var address)) from.Add(address);
            else phone.Error("from", $"\"{text}\" is not an IP address");
        }

        // FastAGI asks for no password, so whoever may connect has to be named, but for the machine itself.
        if (from.Count == 0 && IPAddress.IsLoopback(listen.Address)) from.Add(listen.Address);
        else if (from.Count == 0) phone.Error("from", "is required: the addresses of the switches that may connect");
        var language = phone.Choice("language", Languages) is null ? null : phone.Text("language");
        var prompts = phone.Text("prompts") ?? "floor";
        if (prompts.Length is 0 or > 64 || !prompts.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '/' or '-' or '_') || prompts[0] == '/')
            phone.Error("prompts", "must be a folder beneath the switch's sounds, such as floor");
        var config = new PhoneConfig(
            listen,
            ValueArray.From(from),
            language,
            prompts,
            phone.Number("wrongPins", 1, 100) ?? 5,
            phone.Duration("lockFor", TimeSpan.FromMinutes(1), TimeSpan.FromHours(24)) ?? TimeSpan.FromMinutes(10));
        phone.Close();
        return config;
    }

    private static IPEndPoint ReadListen(YamlSection phone)
    {
        var usual = new IPEndPoint(IPAddress.Loopback, UsualPort);
        if (phone.Text("listen", isRequired: true) is not { } text) return usual;
        if (IPEndPoint.TryParse(text, out var endpoint) && endpoint.Port > 0) return endpoint;
        phone.Error("listen", $"must be an address with a port, such as \"127.0.0.1:{UsualPort}\"");
        return usual;
    }
}
