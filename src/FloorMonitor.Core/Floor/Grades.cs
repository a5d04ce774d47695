namespace FloorMonitor.Core.Floor;

/// <summary>The grades of agents (handbook 一·四), as <c>grade</c> in agents.csv has them.</summary>
public static class Grades
{
    /// <summary>实习.</summary>
    public const string Trainee = "trainee";

    /// <summary>The lowest grade.</summary>
    public const string C = "C";

    /// <summary>The middle grade.</summary>
    public const string B = "B";

    /// <summary>The highest grade.</summary>
    public const string A = "A";

    /// <summary>The grade that a word of agents.csv means; null for none of them.</summary>
    public static string? Of(string word) => word.ToUpperInvariant() switch
    {
        "TRAINEE" or "实习" => Trainee,
        "A" => A,
        "B" => B,
        "C" => C,
        _ => null,
    };

    /// <summary>What it is called in Chinese.</summary>
    public static string NameZh(string? grade) => grade == Trainee ? "实习" : $"{grade} 级";

    /// <summary>What it is called in English.</summary>
    public static string NameEn(string? grade) => grade == Trainee ? "a trainee" : $"grade {grade}";
}
