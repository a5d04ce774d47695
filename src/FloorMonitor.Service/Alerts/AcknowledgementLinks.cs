using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace FloorMonitor.Service.Alerts;

/// <summary>
/// Tokens for the links in messages. A token is the message's key under a secret that never leaves the data folder, so it can be
/// written into a message again when that is tried again, while the outbox keeps its hash alone.
/// </summary>
internal sealed class AcknowledgementLinks(byte[] secret)
{
    private const int SecretLength = 32;

    /// <summary>How long a token is in a link.</summary>
    public const int TokenLength = 43;

    /// <summary>Reads the folder's secret, or makes it.</summary>
    public static AcknowledgementLinks Open(string folder)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, "links.key");
        if (File.Exists(path) && File.ReadAllBytes(path) is { Length: SecretLength } known) return new(known);
        var secret = RandomNumberGenerator.GetBytes(SecretLength);
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(path, options))
        {
            file.Write(secret);
            file.Flush(flushToDisk: true);
        }

        return new(secret);
    }

    /// <summary>The token of a message's link: 256 bits that nobody can guess.</summary>
    public string TokenOf(string messageKey) => Base64Url.EncodeToString(HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(messageKey)));

    /// <summary>What is kept of a token.</summary>
    public static string HashOf(string token) => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(token)));

    /// <summary>Whether a text can be a token at all; anything else is not looked up.</summary>
    public static bool IsToken(string text) => text.Length == TokenLength && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_');
}
