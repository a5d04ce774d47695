using System.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace FloorMonitor.Service.Configuration;

/// <summary>Reads a YAML file to its outermost mapping.</summary>
internal static class YamlFile
{
    private const int MaxDepth = 32;

    /// <summary>The mapping of a file; null when the file is no YAML mapping (the error is added).</summary>
    public static YamlSection? Read(string file, byte[] content, ConfigErrors errors, Func<string, string?> environment)
    {
        string text;
        try
        {
            text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(content).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            errors.Add(file, 0, 0, "", "is not UTF-8 text; save it as UTF-8");
            return null;
        }

        try
        {
            if (DeepestIn(text) is { } deep)
            {
                errors.Add(file, deep.Line, deep.Column, "", $"is nested more than {MaxDepth} deep");
                return null;
            }

            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            if (stream.Documents.Count > 1)
                errors.Add(file, stream.Documents[1].RootNode.Start.Line, 0, "", "holds more than one document (---)");
            var root = stream.Documents.Count == 0 ? new YamlMappingNode() : stream.Documents[0].RootNode;
            // A file of comments alone has an empty scalar as its root.
            if (root is YamlScalarNode { Value: null or "" }) root = new YamlMappingNode();
            if (root is YamlMappingNode mapping) return new(file, "", mapping, errors, environment);
            errors.Add(file, root.Start.Line, root.Start.Column, "", "must hold keys, such as \"site: …\"");
        }
        catch (YamlException wrong)
        {
            errors.Add(file, wrong.Start.Line, wrong.Start.Column, "", Plain(wrong));
        }

        return null;
    }

    // The representation model recurses: what is nested deeper than any configuration is refused before it is built.
    private static Mark? DeepestIn(string text)
    {
        var parser = new Parser(new StringReader(text));
        var depth = 0;
        while (parser.MoveNext())
        {
            depth += parser.Current switch
            {
                MappingStart or SequenceStart => 1,
                MappingEnd or SequenceEnd => -1,
                _ => 0,
            };
            if (depth > MaxDepth) return parser.Current!.Start;
        }

        return null;
    }

    private static string Plain(YamlException wrong)
    {
        var message = wrong.InnerException?.Message ?? wrong.Message;
        return message.StartsWith("Duplicate key", StringComparison.Ordinal) ? "the same key stands twice: " + message["Duplicate key".Length..].Trim() : message;
    }
}
