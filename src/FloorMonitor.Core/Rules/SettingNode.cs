using System.Collections.Immutable;

namespace FloorMonitor.Core.Rules;

/// <summary>A value of rules.yaml as parsed, with its line. Core reads no files: the service parses and hands these in.</summary>
/// <param name="Line">Its line, from 1; 0 where it has none.</param>
public abstract record SettingNode(int Line);

/// <summary>A single word, number or sentence.</summary>
public sealed record SettingScalar(string Text, int Line) : SettingNode(Line);

/// <summary>A list.</summary>
public sealed record SettingList(ImmutableArray<SettingNode> Items, int Line) : SettingNode(Line);

/// <summary>A map from keys to values, in the order of the file.</summary>
public sealed record SettingMap(ImmutableArray<SettingEntry> Entries, int Line) : SettingNode(Line);

/// <summary>A key with its value.</summary>
public sealed record SettingEntry(string Key, int Line, SettingNode Value);

/// <summary>What is wrong in rules.yaml.</summary>
/// <param name="Line">Its line, from 1; 0 where it has none.</param>
/// <param name="Path">The key, such as <c>settle-in.overrides[0].lock</c>.</param>
/// <param name="Message">What is wrong and what is legal.</param>
/// <param name="Nearest">The known key that was probably meant; null for none.</param>
public sealed record SettingError(int Line, string Path, string Message, string? Nearest = null);

/// <summary>The rules that rules.yaml means, or everything that is wrong with it at once.</summary>
/// <param name="Rules">The rules in force, in the order of their ids; only meaningful without errors.</param>
/// <param name="Errors">What is wrong, in the order of the file; empty when nothing is.</param>
public sealed record RuleSet(ImmutableArray<IFloorRule> Rules, ImmutableArray<SettingError> Errors);
