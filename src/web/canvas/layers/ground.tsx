import { useLayoutEffect, useRef, type ReactNode } from 'react'
import { useCanvas } from '../kit.ts'

/** Dots every this many pixels at zoom 1. */
const SPACING = 20

/** The dotted ground. It lies in the canvas and covers its window, so that panning moves it for nothing. */
export function Ground(): ReactNode {
  const { lens } = useCanvas()
  const ref = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const place = (): void => {
      const { style } = ref.current ?? {}
      if (!style) return
      // Further out the dots stand further apart, so that they stay dots.
      const spacing = SPACING * 2 ** Math.max(0, Math.ceil(Math.log2(14 / (SPACING * lens.viewport.zoom))))
      const size = Math.max(1, 0.8 / lens.viewport.zoom)
      const x = Math.floor(lens.window.x / spacing) * spacing
      const y = Math.floor(lens.window.y / spacing) * spacing
      style.transform = `translate(${x}px, ${y}px)`
      style.width = `${lens.window.width + spacing}px`
      style.height = `${lens.window.height + spacing}px`
      style.backgroundSize = `${spacing}px ${spacing}px`
      style.backgroundImage = `radial-gradient(var(--dot) ${size}px, transparent ${size}px)`
    }
    place()
    return lens.onWindow(place)
  }, [lens])
  return <div ref={ref} className="sf-ground" />
}
