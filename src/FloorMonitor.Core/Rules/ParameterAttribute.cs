namespace FloorMonitor.Core.Rules;

/// <summary>
/// Marks a property of a rule as a parameter of rules.yaml. Its name there is the property's in snake_case, its default is the
/// value of a rule made without settings, its type follows from the property's.
/// </summary>
/// <param name="meaning">What it says, in one sentence.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ParameterAttribute(string meaning) : Attribute
{
    /// <summary>What it says, in one sentence.</summary>
    public string Meaning { get; } = meaning;

    /// <summary>The least legal value, written as in rules.yaml; null: none.</summary>
    public string? Min { get; init; }

    /// <summary>The greatest legal value, written as in rules.yaml; null: none.</summary>
    public string? Max { get; init; }

    /// <summary>For a word: those that may be written, the default first.</summary>
    public string[] Words { get; init; } = [];

    /// <summary>For a number with a fraction: whether it is a share (0.95 or 95%) and lies between 0 and 1.</summary>
    public bool IsShare { get; init; }
}
