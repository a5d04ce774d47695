using System.Globalization;
using System.Reflection;
using System.Text;
using FloorMonitor.Core.Floor;

namespace FloorMonitor.Core.Rules;

/// <summary>One parameter of a rule, as its property describes it.</summary>
public sealed class RuleParameter
{
    private readonly PropertyInfo property;
    private readonly ParameterAttribute described;

    internal RuleParameter(PropertyInfo property, ParameterAttribute described, object defaults)
    {
        this.property = property;
        this.described = described;
        Name = SnakeCase(property.Name);
        Type = TypeOf(property, described);
        Default = property.GetValue(defaults) is { } value ? ParameterText.Write(value, Type) : "";
    }

    /// <summary>Its name in rules.yaml.</summary>
    public string Name { get; }

    /// <summary>What it is.</summary>
    public ParameterType Type { get; }

    /// <summary>Its default, written as in rules.yaml; empty for one that says nothing unless it is set.</summary>
    public string Default { get; }

    /// <summary>The least legal value, written as in rules.yaml; null: none.</summary>
    public string? Min => described.Min ?? (Type == ParameterType.Share ? "0" : null);

    /// <summary>The greatest legal value, written as in rules.yaml; null: none.</summary>
    public string? Max => described.Max ?? (Type == ParameterType.Share ? "1" : null);

    /// <summary>What it says.</summary>
    public string Meaning => described.Meaning;

    /// <summary>Its legal range in words; empty where anything goes.</summary>
    public string Range => (Min, Max) switch
    {
        (null, null) => "",
        ({ } min, null) => $"at least {min}",
        (null, { } max) => $"at most {max}",
        ({ } min, { } max) => $"{min} to {max}",
    };

    /// <summary>Sets it on a rule from what rules.yaml says.</summary>
    /// <returns>What is wrong with the value, in words; null when it was set.</returns>
    internal string? Set(object rule, SettingNode node)
    {
        if (Type == ParameterType.List) return SetList(rule, node);
        if (node is SettingScalar { Text: "" } && Default.Length == 0)
        {
            property.SetValue(rule, null);
            return null;
        }

        if (node is not SettingScalar { Text: var text }) return $"{Name} is {Kind}, not a list or a map";
        var value = Type == ParameterType.Word ? Array.Find(described.Words, word => word == text) : Parse(text, Type);
        if (value is null) return $"'{text}' is not {Kind}";
        if (Min is { } min && Compare(value, min) < 0 || Max is { } max && Compare(value, max) > 0)
            return $"{Name} must be {Range}; it is {text}";
        property.SetValue(rule, value);
        return null;
    }

    private string? SetList(object rule, SettingNode node)
    {
        // A single word stands for a list of it.
        SettingNode[] items = node switch
        {
            SettingList list => [.. list.Items],
            SettingScalar => [node],
            _ => [],
        };
        if (node is SettingMap || !items.All(item => item is SettingScalar)) return $"{Name} is a list of words";
        property.SetValue(rule, ValueArray.From(items.Cast<SettingScalar>().Select(item => item.Text)));
        return null;
    }

    private string Kind => Type switch
    {
        ParameterType.Duration => "a duration such as 30m, 90s or 1h30m",
        ParameterType.Share => "a share such as 0.95 or 95%",
        ParameterType.Number => "a number",
        ParameterType.Whole => "a whole number",
        ParameterType.Bool => "true or false",
        ParameterType.Word => string.Join(" or ", described.Words.Select(word => $"'{word}'")),
        _ => "a list of words",
    };

    private int Compare(object value, string bound) => Comparer<object>.Default.Compare(value, Parse(bound, Type)!);

    private static object? Parse(string text, ParameterType type) => type switch
    {
        ParameterType.Duration => ParameterText.Duration(text),
        ParameterType.Share => ParameterText.Share(text),
        ParameterType.Number => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number
            : null,
        ParameterType.Whole => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? whole : null,
        ParameterType.Bool => text switch
        {
            "true" or "True" or "TRUE" => true,
            "false" or "False" or "FALSE" => false,
            _ => null,
        },
        _ => null,
    };

    private static ParameterType TypeOf(PropertyInfo property, ParameterAttribute described)
    {
        var type = property.PropertyType;
        if (type == typeof(TimeSpan) || type == typeof(TimeSpan?)) return ParameterType.Duration;
        if (type == typeof(double)) return described.IsShare ? ParameterType.Share : ParameterType.Number;
        if (type == typeof(int)) return ParameterType.Whole;
        if (type == typeof(bool)) return ParameterType.Bool;
        if (type == typeof(string)) return ParameterType.Word;
        if (type == typeof(ValueArray<string>)) return ParameterType.List;
        throw new InvalidOperationException($"{property.DeclaringType?.Name}.{property.Name} has a type that rules.yaml cannot say.");
    }

    private static string SnakeCase(string name)
    {
        var snake = new StringBuilder();
        foreach (var letter in name)
        {
            if (char.IsUpper(letter) && snake.Length > 0) snake.Append('_');
            snake.Append(char.ToLowerInvariant(letter));
        }

        return snake.ToString();
    }
}
