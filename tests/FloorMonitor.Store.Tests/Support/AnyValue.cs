using System.Collections.Immutable;
using System.Reflection;
using FloorMonitor.Core.Floor;

namespace FloorMonitor.Store.Tests.Support;

/// <summary>
/// Makes random values of any type of the floor by its constructor and its init properties, so that a new event, or a new member of an
/// old one, is covered the moment it exists.
/// </summary>
public sealed class AnyValue(int seed)
{
    private static readonly string[] Words =
        ["", "1001", "PJSIP/1001", "小休", "座席 007", "a\"b\\c", "line\r\nline", "\u0001\u0002FR", "😀", "null", "Local/1001@agents/n", "{\"is\":\"Tick\"}"];

    private readonly Random random = new(seed);

    public T Make<T>() => (T)Make(typeof(T))!;

    public object? Make(Type type, int depth = 0)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner) return random.Next(3) == 0 ? null : Make(inner, depth);
        if (type == typeof(string)) return Words[random.Next(Words.Length)] + (random.Next(2) == 0 ? "" : random.Next(100).ToString(System.Globalization.CultureInfo.InvariantCulture));
        if (type == typeof(bool)) return random.Next(2) == 0;
        if (type == typeof(int)) return random.Next(-5, 100_000);
        if (type == typeof(long)) return random.NextInt64(-5, long.MaxValue);
        if (type == typeof(double)) return random.Next(8) switch { 0 => double.PositiveInfinity, 1 => 0.0, _ => random.NextDouble() * 1e6 };
        if (type == typeof(TimeSpan)) return TimeSpan.FromTicks(random.NextInt64(-10, TimeSpan.TicksPerDay * 3));
        if (type == typeof(DateTimeOffset)) return new DateTimeOffset(random.NextInt64(DateTime.UnixEpoch.Ticks, DateTime.UnixEpoch.AddYears(100).Ticks), TimeSpan.Zero);
        if (type == typeof(DateOnly)) return DateOnly.FromDayNumber(random.Next(1, 800_000));
        if (type.IsEnum) return Enum.GetValues(type).GetValue(random.Next(Enum.GetValues(type).Length));
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ValueArray<>)) return MakeList(type, depth);
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableDictionary<,>)) return MakeDictionary(type, depth);
        if (type.IsAbstract) return MakeOneOf(type, depth);
        return MakeRecord(type, depth);
    }

    private object MakeOneOf(Type type, int depth)
    {
        var kinds = type.Assembly.GetTypes().Where(kind => !kind.IsAbstract && kind.IsAssignableTo(type)).OrderBy(kind => kind.Name, StringComparer.Ordinal).ToList();
        return MakeRecord(kinds[random.Next(kinds.Count)], depth);
    }

    private object MakeRecord(Type type, int depth)
    {
        var constructor = type.GetConstructors().OrderByDescending(made => made.GetParameters().Length).First();
        var made = constructor.Invoke([.. constructor.GetParameters().Select(parameter => Given(parameter, depth + 1))]);
        var given = constructor.GetParameters().Select(parameter => parameter.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var nullability = new NullabilityInfoContext();
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (given.Contains(property.Name) || property.SetMethod is null) continue;
            var mayBeNull = nullability.Create(property).WriteState == NullabilityState.Nullable && !property.PropertyType.IsValueType;
            property.SetValue(made, mayBeNull && random.Next(3) == 0 ? null : Make(property.PropertyType, depth + 1));
        }

        return made;
    }

    private object? Given(ParameterInfo parameter, int depth)
    {
        var mayBeNull = !parameter.ParameterType.IsValueType && new NullabilityInfoContext().Create(parameter).WriteState == NullabilityState.Nullable;
        return mayBeNull && random.Next(3) == 0 ? null : Make(parameter.ParameterType, depth);
    }

    private object MakeList(Type type, int depth)
    {
        var element = type.GetGenericArguments()[0];
        var items = Array.CreateInstance(element, depth > 6 ? 0 : random.Next(4));
        for (var i = 0; i < items.Length; i++) items.SetValue(Make(element, depth + 1), i);
        return typeof(ValueArray).GetMethod(nameof(ValueArray.From))!.MakeGenericMethod(element).Invoke(null, [items])!;
    }

    private object MakeDictionary(Type type, int depth)
    {
        var element = type.GetGenericArguments()[1];
        return typeof(AnyValue).GetMethod(nameof(Filled), BindingFlags.NonPublic | BindingFlags.Instance)!.MakeGenericMethod(element).Invoke(this, [depth])!;
    }

    private ImmutableDictionary<string, T> Filled<T>(int depth)
    {
        var all = ImmutableDictionary.CreateBuilder<string, T>(StringComparer.Ordinal);
        for (var i = random.Next(5); i > 0; i--) all[Make<string>() + i] = (T)Make(typeof(T), depth + 1)!;
        return all.ToImmutable();
    }
}
