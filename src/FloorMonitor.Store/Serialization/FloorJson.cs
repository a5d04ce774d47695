using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using FloorMonitor.Core.Floor;
using FloorMonitor.Core.History;

namespace FloorMonitor.Store.Serialization;

/// <summary>
/// How floors, events and verdicts are written down. The types of events and of a day's records are found by scanning the closed hierarchies of
/// <see cref="FloorEvent"/> and <see cref="DayRecord"/>, so that a new event is stored without anybody having to remember this file; the type's own name
/// is its word in the journal, so renaming an event type breaks old journals (they then report it, see <see cref="JournalJson"/>).
/// </summary>
public static class FloorJson
{
    /// <summary>The property that names an event's type.</summary>
    public const string TypeProperty = "is";

    /// <summary>The options; made once, since their caches are what makes them fast.</summary>
    public static JsonSerializerOptions Options { get; } = Make();

    /// <summary>Every kind of event that can be stored, by its word in the journal.</summary>
    public static IReadOnlyDictionary<string, Type> EventTypes { get; } = ScanEvents();

    private static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            // What is computed from other members is not stored, so that a formula can change without old files disagreeing.
            IgnoreReadOnlyProperties = true,
            NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
            // Names are mostly Chinese: readable in the files and a third of the size. The files are never served as HTML.
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            AllowOutOfOrderMetadataProperties = true,
            Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase), new ValueArrayJson() },
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { NameTypes } },
        };
        options.MakeReadOnly();
        return options;
    }

    private static Dictionary<string, Type> ScanEvents() => KindsOf(typeof(FloorEvent));

    private static Dictionary<string, Type> KindsOf(Type root) =>
        root.Assembly.GetTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(root))
            .ToDictionary(type => type.Name, StringComparer.Ordinal);

    private static void NameTypes(JsonTypeInfo info)
    {
        if (info.Type != typeof(FloorEvent) && info.Type != typeof(DayRecord)) return;
        info.PolymorphismOptions = new JsonPolymorphismOptions { TypeDiscriminatorPropertyName = TypeProperty };
        foreach (var (name, type) in KindsOf(info.Type).OrderBy(pair => pair.Key, StringComparer.Ordinal))
            info.PolymorphismOptions.DerivedTypes.Add(new JsonDerivedType(type, name));
    }
}
