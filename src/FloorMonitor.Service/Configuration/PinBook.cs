using System.Security.Cryptography;
using System.Text;

namespace FloorMonitor.Service.Configuration;

/// <summary>
/// The PINs of agents.csv. They are no part of the floor's setup, which is journalled and stored: they live in this process alone, as
/// digests, and nothing prints them.
/// </summary>
internal sealed class PinBook
{
    // Compared with where there is no such agent or no PIN, so that a guess takes as long as a wrong PIN. No digits lead to it.
    private static readonly byte[] Nobody = new byte[SHA256.HashSizeInBytes];

    private readonly Dictionary<string, byte[]> digests = new(StringComparer.Ordinal);

    /// <summary>Whether anybody has one.</summary>
    public bool Any => digests.Count > 0;

    /// <summary>Takes up an agent's PIN.</summary>
    public void Add(string agent, string pin) => digests[agent] = DigestOf(pin);

    /// <summary>Whether these digits are the agent's PIN, in a time that tells nothing of how near they are.</summary>
    public bool IsRight(string agent, string digits)
    {
        var known = digests.GetValueOrDefault(agent, Nobody);
        return CryptographicOperations.FixedTimeEquals(DigestOf(digits), known);
    }

    private static byte[] DigestOf(string pin) => SHA256.HashData(Encoding.UTF8.GetBytes(pin));
}
