import type { AgentState } from '../protocol';

/** Each state has a shape of its own, so that nothing rests on colour alone. Drawn in a field of 24 by 24. */
export const icons: Record<AgentState | 'hand' | 'partly', string> = {
  available: 'M4.5 12.6 9.6 17.8 19.6 6.8',
  ringing: 'M6 17h12l-1.6-2.4V10a4.4 4.4 0 0 0-8.8 0v4.6zM10.2 20h3.6',
  onCall: 'M7.2 4.2 10 8.6 8.2 10.6c.9 2.2 2.9 4.2 5.2 5.2l2-1.8 4.4 2.8c-.5 2.3-1.9 3.4-3.6 3.2C10 19.300 4.700 14 4 7.800c-.2-1.700.9-3.100 3.200-3.600z',
  onHold: 'M8.500 5.500v13M15.500 5.500v13',
  wrapUp: 'M5 19l.9-4.200L15.800 5l3.200 3.200L9.100 18.100zM13.300 7.500l3.200 3.200',
  onBreak: 'M5 8h11v6.500a4 4 0 0 1-4 4H9a4 4 0 0 1-4-4zM16 9.500h1.500a2.300 2.300 0 0 1 0 5H16M8.500 2.800v2M12.500 2.800v2',
  unreachable: 'M6 6l12 12M18 6 6 18',
  unknown: 'M8.600 9a3.500 3.500 0 1 1 5.300 3c-1.300.8-1.900 1.500-1.900 3M12 18.600v.3',
  signedOut: 'M13 4.500H6v15h7M10.500 12H20M16.500 8.300 20.200 12l-3.700 3.700',
  hand: 'M8 12.500V6.300a1.400 1.400 0 0 1 2.800 0V11 4.700a1.400 1.400 0 0 1 2.800 0V11 6a1.400 1.400 0 0 1 2.800 0v8.500c0 3.500-2 5.700-5 5.700-2.700 0-4-1.300-5-3.500l-2-4.300a1.400 1.400 0 0 1 2.500-1.300z',
  partly: 'M12 4.500a7.500 7.500 0 1 0 0 15zM12 4.500a7.500 7.500 0 0 1 0 15',
};

export type Shape = keyof typeof icons;

/** The shape of a state; one that a newer service invented is drawn as the unknown. */
export const shapeOf = (state: string): Shape => (Object.hasOwn(icons, state) ? (state as Shape) : 'unknown');

/** Whether a shape is filled; the others are lines. */
export const solid = (shape: Shape): boolean => shape === 'onCall' || shape === 'partly';
