using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace FloorMonitor.Service.Wire;

/// <summary>How the wire types are written: generated code, no reflection on the hot path.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    Converters = [typeof(InstantJson), typeof(DutyJson)])]
[JsonSerializable(typeof(WireSnapshot))]
[JsonSerializable(typeof(WireDelta))]
[JsonSerializable(typeof(WireAlert))]
[JsonSerializable(typeof(WireAlertBook))]
[JsonSerializable(typeof(WireAlertState))]
[JsonSerializable(typeof(WireDeadLetters))]
[JsonSerializable(typeof(WireDeadDone))]
[JsonSerializable(typeof(WireAgent))]
[JsonSerializable(typeof(WireDuty))]
[JsonSerializable(typeof(WirePatrol))]
[JsonSerializable(typeof(IReadOnlyList<WirePatrol>))]
[JsonSerializable(typeof(IReadOnlyList<WireVerdict>))]
[JsonSerializable(typeof(IReadOnlyList<WireEvidence>))]
[JsonSerializable(typeof(WireTimeline))]
[JsonSerializable(typeof(WireFigure))]
[JsonSerializable(typeof(IReadOnlyList<WireAbandoned>))]
[JsonSerializable(typeof(WireWall))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
[JsonSerializable(typeof(Http.Readiness))]
[JsonSerializable(typeof(WireTrail))]
[JsonSerializable(typeof(WireShiftExcuse))]
[JsonSerializable(typeof(Http.ShiftReply))]
[JsonSerializable(typeof(Http.CommandReply))]
[JsonSerializable(typeof(Http.VerdictReply))]
[JsonSerializable(typeof(Http.FloorProblem))]
internal sealed partial class WireJson : JsonSerializerContext;

/// <summary>The options that everything on the wire is written with.</summary>
internal static class WireFormat
{
    /// <summary>Names stay readable (no \u escapes for Chinese), which is safe because nothing of it is embedded in HTML.</summary>
    public static JsonSerializerOptions Settings { get; } = new(WireJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The same for the hub, which also reads the plain arguments of its methods.</summary>
    public static JsonSerializerOptions HubSettings { get; } = new(Settings)
    {
        TypeInfoResolver = JsonTypeInfoResolver.Combine(WireJson.Default, new DefaultJsonTypeInfoResolver()),
    };
}

/// <summary>Instants as <c>2026-11-23T09:00:00.000Z</c>.</summary>
internal sealed class InstantJson : JsonConverter<DateTimeOffset>
{
    public const string Format = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
    {
        Span<char> text = stackalloc char[32];
        value.UtcDateTime.TryFormat(text, out var length, Format, CultureInfo.InvariantCulture);
        writer.WriteStringValue(text[..length]);
    }
}

/// <summary>The duty of a difference: its value, or null where nobody has it now.</summary>
internal sealed class DutyJson : JsonConverter<Changed<WireDuty>>
{
    public override bool HandleNull => true;

    public override Changed<WireDuty> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(true, JsonSerializer.Deserialize(ref reader, WireJson.Default.WireDuty));

    public override void Write(Utf8JsonWriter writer, Changed<WireDuty> value, JsonSerializerOptions options)
    {
        if (value.Value is null) writer.WriteNullValue();
        else JsonSerializer.Serialize(writer, value.Value, WireJson.Default.WireDuty);
    }
}
