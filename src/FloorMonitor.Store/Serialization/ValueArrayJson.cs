using System.Text.Json;
using System.Text.Json.Serialization;
using FloorMonitor.Core.Floor;

namespace FloorMonitor.Store.Serialization;

/// <summary>Writes a <see cref="ValueArray{T}"/> as a plain JSON array; null reads as empty, as the type itself has no null.</summary>
internal sealed class ValueArrayJson : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) =>
        typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(ValueArray<>);

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Of<>).MakeGenericType(typeToConvert.GetGenericArguments()))!;

    private sealed class Of<T> : JsonConverter<ValueArray<T>>
    {
        public override bool HandleNull => true;

        public override ValueArray<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            ValueArray.Create<T>(JsonSerializer.Deserialize<T[]>(ref reader, options));

        public override void Write(Utf8JsonWriter writer, ValueArray<T> value, JsonSerializerOptions options)
        {
            writer.WriteStartArray();
            foreach (var item in value.AsSpan()) JsonSerializer.Serialize(writer, item, options);
            writer.WriteEndArray();
        }
    }
}
