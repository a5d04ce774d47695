using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Xml;

namespace FloorMonitor.Pbx.Sip.Packages;

/// <summary>
/// XML as a NOTIFY brings it, read with every door shut: no DTD (so no entities and nothing fetched), no more than a bounded size,
/// depth and number of elements. Namespaces tell elements apart, whatever their prefixes; what is not known is skipped with all
/// that it holds, as RFC 3863, 4235 and 3680 ask for the sake of their extensions.
/// </summary>
internal static class PackageDocument
{
    /// <summary>A document of one phone has a few hundred bytes; of this size it is an attack or a mistake.</summary>
    public const int MaxBytes = 64 * 1024;

    /// <summary>The deepest known element lies five deep.</summary>
    public const int MaxDepth = 32;

    /// <summary>More elements than any phone's document has.</summary>
    public const int MaxElements = 4096;

    /// <summary>A text longer than this is no name, number or note.</summary>
    public const int MaxText = 512;

    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = MaxBytes,
        MaxCharactersFromEntities = 1024,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        IgnoreWhitespace = true,
        CloseInput = true,
    };

    /// <summary>Reads a document; false with a reason where it is none.</summary>
    /// <param name="body">The bytes.</param>
    /// <param name="read">Reads it, standing on the root element.</param>
    /// <param name="document">What was read.</param>
    /// <param name="reason">Why it is none.</param>
    public static bool TryRead<T>(ReadOnlyMemory<byte> body, Func<PackageReader, T> read, [NotNullWhen(true)] out T? document, out string reason)
        where T : class
    {
        document = null;
        reason = "";
        if (body.Length > MaxBytes)
        {
            reason = $"a document of {body.Length} bytes";
            return false;
        }

        try
        {
            using var xml = XmlReader.Create(new MemoryStream(body.ToArray(), writable: false), Settings);
            xml.MoveToContent();
            document = read(new PackageReader(xml));
            // What stands behind the root must be well formed too, or the document was cut or joined.
            while (xml.Read())
            {
            }

            return true;
        }
        catch (Exception e) when (e is XmlException or PackageException or DecoderFallbackException or ArgumentException)
        {
            document = null;
            reason = e.Message;
            return false;
        }
    }
}

/// <summary>A document is no document of its package.</summary>
internal sealed class PackageException(string message) : Exception(message);
