using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MessagePack;
using MessagePack.Formatters;
using MessagePack.Resolvers;

namespace FloorMonitor.Service.Wire;

/// <summary>
/// MessagePack of the very same tree that JSON shows: the wire's types are written as JSON by their generated code and
/// carried over token by token. So there is one definition of the wire, and both protocols agree by construction.
/// </summary>
internal static class WirePack
{
    public static MessagePackSerializerOptions Options { get; } = MessagePackSerializerOptions.Standard
        .WithResolver(CompositeResolver.Create(new Resolver(), StandardResolver.Instance))
        .WithSecurity(MessagePackSecurity.UntrustedData);

    private sealed class Resolver : IFormatterResolver
    {
        public IMessagePackFormatter<T>? GetFormatter<T>() =>
            typeof(T).Namespace?.StartsWith("FloorMonitor.Service", StringComparison.Ordinal) == true ? new Formatter<T>() : null;
    }

    private sealed class Formatter<T> : IMessagePackFormatter<T>
    {
        private static readonly JsonTypeInfo<T> Type = (JsonTypeInfo<T>)WireFormat.Settings.GetTypeInfo(typeof(T));

        public void Serialize(ref MessagePackWriter writer, T value, MessagePackSerializerOptions options)
        {
            using var document = JsonSerializer.SerializeToDocument(value, Type);
            Write(ref writer, document.RootElement);
        }

        public T Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options) =>
            throw new MessagePackSerializationException("The wire's types only leave the house.");

        private static void Write(ref MessagePackWriter writer, JsonElement element)
        {
            switch (element.ValueKind)
            {
                case JsonValueKind.Object:
                    writer.WriteMapHeader(element.GetPropertyCount());
                    foreach (var property in element.EnumerateObject())
                    {
                        writer.Write(property.Name);
                        Write(ref writer, property.Value);
                    }

                    break;
                case JsonValueKind.Array:
                    writer.WriteArrayHeader(element.GetArrayLength());
                    foreach (var item in element.EnumerateArray()) Write(ref writer, item);
                    break;
                case JsonValueKind.String:
                    writer.Write(element.GetString());
                    break;
                case JsonValueKind.Number when element.TryGetInt64(out var whole):
                    writer.Write(whole);
                    break;
                case JsonValueKind.Number:
                    writer.Write(element.GetDouble());
                    break;
                case JsonValueKind.True or JsonValueKind.False:
                    writer.Write(element.GetBoolean());
                    break;
                default:
                    writer.WriteNil();
                    break;
            }
        }
    }
}
