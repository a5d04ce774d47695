using System.Globalization;
using System.Xml;

namespace FloorMonitor.Pbx.Sip.Packages;

/// <summary>Walks through a document, element by element, within <see cref="PackageDocument"/>'s bounds.</summary>
internal sealed class PackageReader(XmlReader xml)
{
    private int elements;

    /// <summary>Demands that the root is this element.</summary>
    public void Root(string name, string space)
    {
        if (xml.NodeType != XmlNodeType.Element || xml.LocalName != name || xml.NamespaceURI != space)
            throw new PackageException($"the root is {{{Cut(xml.NamespaceURI)}}}{Cut(xml.LocalName)} and not {name}");
    }

    /// <summary>The element on which it stands.</summary>
    public string Name => xml.LocalName;

    /// <summary>Its namespace.</summary>
    public string Space => xml.NamespaceURI;

    /// <summary>An attribute of it; null where absent, empty or far too long.</summary>
    public string? Attribute(string name) => xml.GetAttribute(name) is { Length: > 0 and <= PackageDocument.MaxText } value ? value : null;

    /// <summary>A whole number that an attribute holds; null where it holds none.</summary>
    public long? Number(string name) =>
        long.TryParse(Attribute(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>
    /// Calls for each child element, standing on it. What is called reads the child or leaves it: a child that is left is skipped
    /// with all that it holds.
    /// </summary>
    public void Children(Action<PackageReader> child)
    {
        if (xml.IsEmptyElement) return;
        var depth = xml.Depth;
        Step();
        while (xml.Depth > depth)
        {
            if (xml.NodeType == XmlNodeType.Element)
            {
                Count();
                child(this);
                Leave(depth + 1);
            }

            Step();
        }
    }

    /// <summary>The text of the element on which it stands, trimmed, up to its first child element; empty where it is far too long.</summary>
    public string Text()
    {
        if (xml.IsEmptyElement) return "";
        var depth = xml.Depth;
        var text = "";
        Step();
        while (xml.Depth > depth)
        {
            if (xml.NodeType == XmlNodeType.Element) Count();
            if (xml.Depth == depth + 1 && xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA)
                text = text.Length + xml.Value.Length > PackageDocument.MaxText ? "" : text + xml.Value;
            Step();
        }

        return text.Trim();
    }

    // To the end of the child, wherever reading it stopped: at its beginning, or already at its end.
    private void Leave(int depth)
    {
        if (xml.NodeType == XmlNodeType.EndElement || xml.IsEmptyElement) return;
        do Step();
        while (xml.Depth > depth);
    }

    private void Step()
    {
        if (xml.Depth > PackageDocument.MaxDepth) throw new PackageException("it is nested too deep");
        if (!xml.Read()) throw new PackageException("it ends too soon");
    }

    private void Count()
    {
        if (++elements > PackageDocument.MaxElements) throw new PackageException("it has too many elements");
    }

    private static string Cut(string text) => text.Length > 80 ? text[..80] : text;
}
